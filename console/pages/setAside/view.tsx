import { Head, Nothing, Shown, Table } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useLoaded } from '../../state/loaded.ts'
import { hrefOf } from '../../state/route.ts'
import { dayOf, words } from '../../state/words.ts'

const { setAside: texts } = words

/** Rows that met another of the same id: none should ever be here. */
export function SetAside() {
  const list = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/reports/set-aside', { query: { limit: 200 } })
    return body
  }, [])
  return (
    <>
      <Head title={texts.title} about={texts.about} />
      <Shown of={list}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <Nothing>{texts.none}</Nothing>
          ) : (
            <>
              <p class="s-clash">{texts.alarm}</p>
              <Table
                caption={texts.title}
                rows={items.map((one, index) => ({ ...one, key: `${one.id} ${index}` }))}
                keyOf={({ key }) => key}
                columns={[
                  {
                    name: texts.report,
                    cell: ({ id }) => <a href={hrefOf('report', id)}>{id.slice(0, 8)}</a>,
                  },
                  { name: texts.says, cell: ({ receivedOn }) => dayOf(receivedOn) },
                ]}
              />
              {nextCursor !== undefined && <p>{texts.more}</p>}
            </>
          )
        }
      </Shown>
    </>
  )
}
