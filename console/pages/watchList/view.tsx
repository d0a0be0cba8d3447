import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { agencyName, Head, Nothing, Shown, Table } from '../../parts/small.tsx'
import { Text } from '../../parts/text.tsx'
import { api } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { useAgencies } from '../../state/people.ts'
import { dayOf, namesOf, words } from '../../state/words.ts'

type Watched = components['schemas']['WatchedItem']

const { watchList: texts } = words

/** What two or more independent reports name. Never grounds for action by itself. */
export function WatchList() {
  const agencies = useAgencies()
  const [more, setMore] = useState<Watched[]>([])
  const [cursor, setCursor] = useState<string | undefined>(undefined)
  const first = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/watchlist', { query: { limit: 100 } })
    setMore([])
    setCursor(body.nextCursor)
    return body.items
  }, [])
  const next = useAct(async () => {
    if (cursor === undefined) return
    const { body } = await api.get('/v1/triage/watchlist', { query: { limit: 100, cursor } })
    setMore([...more, ...body.items])
    setCursor(body.nextCursor)
  })
  return (
    <>
      <Head title={texts.title} about={texts.about} />
      <Shown of={first}>
        {(items) =>
          items.length === 0 ? (
            <Nothing>{texts.none}</Nothing>
          ) : (
            <Table
              caption={texts.title}
              rows={[...items, ...more]}
              keyOf={({ kind, value }) => `${kind} ${value}`}
              columns={[
                { name: texts.kind, cell: ({ kind }) => namesOf.linkKind[kind] },
                { name: texts.what, cell: ({ value }) => <Text text={value} isInline /> },
                { name: texts.reports, isNumber: true, cell: ({ reports }) => reports },
                { name: texts.grades, cell: ({ grades }) => grades.join(', ') },
                {
                  name: texts.agencies,
                  cell: (row) => row.agencies.map((slug) => agencyName(agencies, slug)).join(', '),
                },
                { name: texts.last, cell: ({ lastDay }) => dayOf(lastDay) },
              ]}
            />
          )
        }
      </Shown>
      {cursor !== undefined && (
        <Button isBusy={next.isBusy} onClick={() => void next.run()}>
          {words.more}
        </Button>
      )}
    </>
  )
}
