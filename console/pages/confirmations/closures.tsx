import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Badge, Card, Shown } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { hrefOf } from '../../state/route.ts'
import { may, me } from '../../state/session.ts'
import { dayOf, namesOf, plain, say, words } from '../../state/words.ts'

type Closure = components['schemas']['Closure']

const { confirmations: texts } = words

/** Selections to be closed together, as they stand now. */
async function readClosures(): Promise<Closure[]> {
  const { body } = await api.get('/v1/triage/approvals', { query: { limit: 200 } })
  const ids = body.items.filter(({ kind }) => kind === 'closure').map(({ id }) => id)
  const read = (closureId: string) =>
    api.get('/v1/triage/reports/closures/{closureId}', { path: { closureId } })
  const closures = await Promise.all(ids.slice(0, 20).map(read))
  return closures.map((answer) => answer.body).filter(({ status }) => status === 'pending')
}

export function Closures() {
  const closures = useLoaded(readClosures, [])
  if (closures.value?.length === 0) return null
  return (
    <Card title={texts.closures}>
      <Shown of={closures}>
        {(all) => all.map((one) => <One key={one.id} closure={one} reload={closures.reload} />)}
      </Shown>
    </Card>
  )
}

function One({ closure, reload }: { closure: Closure; reload: () => void }) {
  const form = useForm(`closure ${closure.id}`, { reason: '' })
  const { reason } = form.values
  const act = useAct(async (approved: boolean) => {
    await api.post('/v1/triage/reports/closures/{closureId}/approval', {
      path: { closureId: closure.id },
      body: { approved, ...(reason === '' ? {} : { reason }) },
    })
    form.done({ reason: '' })
    reload()
  })
  const isOwn = closure.by.id === me.value?.id
  return (
    <div class="s-thing" data-closure={closure.id}>
      <p>
        <strong>{say(texts.closing, { count: closure.reports.length })}</strong>{' '}
        <Badge>{namesOf.closeReason[closure.closeReason]}</Badge>
      </p>
      <p>{closure.rationale}</p>
      <p class="s-byline">
        {closure.by.name}, {dayOf(closure.on)}
      </p>
      <p>
        {closure.reports.map(({ id, status, code }) => (
          <a class="s-tagged" key={id} href={hrefOf('report', id)}>
            {id.slice(0, 8)} {status === 'refused' && code !== undefined && plain(code)}
          </a>
        ))}
      </p>
      <Problem error={act.error} />
      {may('closures.decide') && (
        <>
          <TextField label={words.reason} value={reason} onInput={(value) => form.set('reason', value)} />
          <Button
            kind="main"
            isBusy={act.isBusy}
            whyNot={isOwn ? words.report.pending.own : undefined}
            onClick={() => void act.run(true)}
          >
            {words.report.pending.confirm}
          </Button>{' '}
          <Button isBusy={act.isBusy} onClick={() => void act.run(false)}>
            {words.report.pending.withdraw}
          </Button>
        </>
      )}
    </div>
  )
}
