import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { Badge, Head, Listing } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useLoaded } from '../../state/loaded.ts'
import { hrefOf } from '../../state/route.ts'
import { dayOf, namesOf, words } from '../../state/words.ts'
import { isStub, type Stub } from '../inbox/state.ts'
import { StubDialog } from '../inbox/stub.tsx'
import { Closures } from './closures.tsx'

type Listed = components['schemas']['ReportList']['items'][number]

const { confirmations: texts } = words

/** What one supervisor began and another must confirm: each is decided on its report. */
export function Confirmations() {
  const [stub, setStub] = useState<Stub | undefined>(undefined)
  const waiting = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/reports', { query: { pending: true, limit: 200 } })
    return body.items
  }, [])
  return (
    <>
      <Head title={texts.title} about={texts.about}>
        <Button onClick={waiting.reload} isBusy={waiting.isBusy}>
          {words.inbox.refresh}
        </Button>
      </Head>
      <Listing
        of={waiting}
        none={texts.none}
        caption={texts.title}
        keyOf={({ id }) => id}
        columns={[
          { name: texts.report, cell: (row) => <Name row={row} onOpen={setStub} /> },
          { name: words.inbox.columns[2] ?? '', cell: ({ receivedOn }) => dayOf(receivedOn) },
          {
            name: words.inbox.status,
            cell: (row) =>
              isStub(row) ? (
                <Badge tone="violet">{namesOf.flag.restricted}</Badge>
              ) : (
                namesOf.status[row.status]
              ),
          },
        ]}
      />
      <Closures />
      {stub !== undefined && (
        <StubDialog
          stub={stub}
          onClose={() => setStub(undefined)}
          onDone={() => {
            setStub(undefined)
            waiting.reload()
          }}
        />
      )}
    </>
  )
}

function Name({ row, onOpen }: { row: Listed; onOpen: (stub: Stub) => void }) {
  const name = namesOf.category[row.category]
  if (!isStub(row)) return <a href={hrefOf('report', row.id)}>{name}</a>
  return (
    <button type="button" class="s-link" onClick={() => onOpen(row)}>
      {name}
    </button>
  )
}
