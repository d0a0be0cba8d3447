import { Head, Nothing, Shown, Table } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useLoaded } from '../../state/loaded.ts'
import { dayOf, namesOf, say, words } from '../../state/words.ts'

const { restricted: texts } = words

/** Which reports are hidden, since when, by whom and to whom: never what is in them. */
export function Restricted() {
  const list = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/audit/restricted', { query: { limit: 200 } })
    return body
  }, [])
  return (
    <>
      <Head title={texts.title} about={texts.about} />
      <Shown of={list}>
        {({ items, conflicting }) => (
          <>
            {items.length === 0 && <Nothing>{texts.none}</Nothing>}
            {items.length > 0 && (
              <Table
                caption={texts.title}
                rows={items}
                keyOf={({ id }) => id}
                columns={[
                  { name: texts.id, cell: ({ id }) => <code class="s-code">{id.slice(0, 8)}</code> },
                  { name: words.inbox.category, cell: ({ category }) => namesOf.category[category] },
                  { name: texts.received, cell: ({ receivedOn }) => dayOf(receivedOn) },
                  { name: texts.since, cell: ({ since }) => dayOf(since) },
                  { name: texts.by, cell: ({ by }) => by?.name ?? texts.byItself },
                  {
                    name: texts.to,
                    cell: ({ restrictedTo }) =>
                      restrictedTo.map(({ name }) => name).join(', ') || texts.nobody,
                  },
                  {
                    name: texts.named,
                    cell: ({ namedOn, namedBy }) =>
                      namedOn === null
                        ? '–'
                        : `${dayOf(namedOn)}${namedBy === null ? '' : `, ${namedBy.name}`}`,
                  },
                ]}
              />
            )}
            {conflicting > 0 && <p>{say(texts.conflicting, { count: conflicting })}</p>}
          </>
        )}
      </Shown>
    </>
  )
}
