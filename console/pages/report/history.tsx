import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { Card, Shown } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { plain, timeOf, words } from '../../state/words.ts'

type Entry = components['schemas']['HistoryEntry']

const { history: texts } = words.report

/** Who did what to it, as a timeline. */
export function HistoryPart({ id }: { id: string }) {
  const [more, setMore] = useState<Entry[]>([])
  const [cursor, setCursor] = useState<string | undefined>(undefined)
  const first = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/reports/{id}/history', { path: { id }, query: { limit: 50 } })
    setMore([])
    setCursor(body.nextCursor)
    return body.items
  }, [id])
  const next = useAct(async () => {
    if (cursor === undefined) return
    const { body } = await api.get('/v1/triage/reports/{id}/history', {
      path: { id },
      query: { limit: 50, cursor },
    })
    setMore([...more, ...body.items])
    setCursor(body.nextCursor)
  })
  return (
    <Card title={texts.title}>
      <Shown of={first}>
        {(items) => (
          <ol class="s-timeline">
            {[...items, ...more].map((entry) => (
              <li key={entry.seq} class={`s-timeline__item s-timeline__item--${entry.action}`}>
                <p class="s-byline">
                  <strong>{entry.actor.name}</strong> {plain(entry.action)}{' '}
                  <time dateTime={entry.at}>{timeOf(entry.at)}</time>
                </p>
                {entry.reason !== undefined && <p>{entry.reason}</p>}
              </li>
            ))}
          </ol>
        )}
      </Shown>
      {cursor !== undefined && (
        <Button isBusy={next.isBusy} onClick={() => void next.run()}>
          {words.more}
        </Button>
      )}
    </Card>
  )
}
