import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { GradeLine } from '../../parts/grade.tsx'
import { Badge, Card, Nothing, Shown, type Tone } from '../../parts/small.tsx'
import { type Mark, Text } from '../../parts/text.tsx'
import { api } from '../../state/api.ts'
import { useLoaded } from '../../state/loaded.ts'
import { sharedWith, textsIn } from '../../state/shared.ts'
import { say, words } from '../../state/words.ts'
import { Decision } from './decision.tsx'
import type { Item } from './itemDraft.ts'
import { ItemEditor } from './itemEditor.tsx'
import type { Opened } from './state.ts'

const { items: texts } = words.report

export const itemTone: Record<components['schemas']['ItemStatus'], Tone> = {
  draft: 'amber',
  approved: 'green',
  refused: 'red',
}

/** What may be passed on: written anew beside what was sent, and approved by somebody else. */
export function ItemsPart({
  id,
  opened,
  onRead,
}: {
  id: string
  opened: Opened
  /** Told whether one of them is approved, whenever they are read. */
  onRead: (hasApproved: boolean) => void
}) {
  const [editing, setEditing] = useState<{ item?: Item; origin?: Item } | undefined>(undefined)
  const items = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/reports/{id}/items', { path: { id }, query: { limit: 200 } })
    onRead(body.items.some(({ status }) => status === 'approved'))
    return body
  }, [id])
  const sources = textsIn(opened.report)
  if (editing !== undefined) {
    return (
      <ItemEditor
        id={id}
        sources={sources}
        {...editing}
        onClose={() => setEditing(undefined)}
        onSaved={() => {
          setEditing(undefined)
          items.reload()
        }}
      />
    )
  }
  return (
    <Card
      title={texts.title}
      aside={
        <Button kind="main" onClick={() => setEditing({})}>
          {texts.write}
        </Button>
      }
    >
      <p class="s-about">{texts.about}</p>
      <Shown of={items}>
        {({ items: all }) =>
          all.length === 0 ? (
            <Nothing>{texts.none}</Nothing>
          ) : (
            all.map((item) => (
              <div class="s-thing" key={item.id} data-item={item.id}>
                <ItemView item={item} sources={sources} />
                <Decision report={id} item={item} onDone={items.reload} />
                <Button kind="quiet" onClick={() => setEditing({ item })}>
                  {words.edit}
                </Button>
                <Button kind="quiet" onClick={() => setEditing({ origin: item })}>
                  {texts.another}
                </Button>
              </div>
            ))
          )
        }
      </Shown>
    </Card>
  )
}

/** One version of an item, with what it shares with the raw text marked. */
export function ItemView({ item, sources }: { item: Item; sources: readonly string[] }) {
  const { warnings = [] } = item
  const marks = (pointer: string, text: string): Mark[] => [
    ...warnings
      .filter((one) => one.pointer === pointer)
      .map(({ start, end }) => ({ start, end, kind: 'warning' as const, says: texts.namesSubmitter })),
    ...sharedWith(text, sources).map((stretch) => ({
      ...stretch,
      kind: 'shared' as const,
      says: texts.shared,
    })),
  ]
  return (
    <>
      <h3 class="govuk-heading-s">
        <Text text={item.title} marks={marks('/title', item.title)} isInline />
      </h3>
      <p>
        <Badge tone={itemTone[item.status]}>{texts.statuses[item.status]}</Badge>
        <Badge>{texts.kinds[item.kind]}</Badge>
        <GradeLine grade={item.grade} />
      </p>
      <Text text={item.text} marks={marks('/text', item.text)} />
      {warnings.length > 0 && <p class="s-clash">{texts.submitterNamed}</p>}
      <p class="s-byline">
        {say(texts.by, { names: item.authors.map(({ name }) => name).join(', '), version: item.version })}
        {item.decidedBy !== null && ` ${say(texts.decidedBy, { name: item.decidedBy.name })}`}
      </p>
      {item.refusal !== null && (
        <p class="s-clash">
          {texts.refusal} <Text text={item.refusal} isInline />
        </p>
      )}
    </>
  )
}
