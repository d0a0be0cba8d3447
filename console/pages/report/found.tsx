import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Unreadable, unreadableIn } from '../../parts/small.tsx'
import { Text } from '../../parts/text.tsx'
import { api } from '../../state/api.ts'
import { type Loaded, useAct } from '../../state/loaded.ts'
import { plain, words } from '../../state/words.ts'
import type { Opened } from './state.ts'

type Schemas = components['schemas']
type Draft = Schemas['EntityDraft']

const { found: texts } = words.report

/** Things that the text names: found ones wait for somebody to confirm them, and only then link reports. */
export function Found(props: {
  id: string
  opened: Opened
  report: Schemas['ReportDraft']
  entities: Loaded<Schemas['EntityList']>
}) {
  const { id, report, entities } = props
  const confirm = useAct(async (draft: Draft) => {
    await api.post('/v1/triage/reports/{id}/entities', { path: { id }, body: draft })
    entities.reload()
  })
  const withdraw = useAct(async (entityId: string) => {
    await api.delete('/v1/triage/reports/{id}/entities/{entityId}', { path: { id, entityId } })
    entities.reload()
  })
  const list = entities.value
  if (list === undefined || list.items.length + list.found.length + unreadableIn(list) === 0) return null
  return (
    <section class="s-thing">
      <h3 class="govuk-heading-s">{texts.title}</h3>
      <p class="s-about">{texts.about}</p>
      <Problem error={confirm.error ?? withdraw.error} />
      <Unreadable count={unreadableIn(list)} />
      <ul class="s-plainlist">
        {list.items.map((one) => (
          <li key={one.id}>
            <strong>{plain(one.entity.kind)}</strong> <Text text={stretch(report, one)} isInline />{' '}
            <span class="s-faint">{one.by.name}</span>{' '}
            <Button kind="quiet" isBusy={withdraw.isBusy} onClick={() => void withdraw.run(one.id)}>
              {texts.withdraw}
            </Button>
          </li>
        ))}
        {list.found.map((one) => (
          <li key={`${one.pointer} ${one.start}`}>
            {plain(one.entity.kind)} <Text text={stretch(report, one)} isInline />{' '}
            <Button kind="quiet" isBusy={confirm.isBusy} onClick={() => void confirm.run(one)}>
              {texts.confirm}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What stands at a pointer, from start to end. */
function stretch(
  report: Schemas['ReportDraft'],
  { pointer, start, end }: Pick<Draft, 'pointer' | 'start' | 'end'>,
) {
  return textAt(report, pointer).slice(start, end)
}

export function textAt(report: unknown, pointer: string): string {
  const steps = pointer.split('/').slice(1)
  const value = steps.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined),
    report,
  )
  return typeof value === 'string' ? value : ''
}
