import { OutcomeForm, OutcomeList } from '../../parts/outcomes.tsx'
import { Card, Shown } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useLoaded } from '../../state/loaded.ts'
import { words } from '../../state/words.ts'

/** What came of it, and which powers were used. */
export function OutcomesPart({ id }: { id: string }) {
  const outcomes = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/reports/{id}/outcomes', {
      path: { id },
      query: { limit: 200 },
    })
    return body
  }, [id])
  return (
    <Card title={words.outcomes.title}>
      <Shown of={outcomes}>{({ items }) => <OutcomeList items={items} />}</Shown>
      <h3 class="govuk-heading-s">{words.outcomes.add}</h3>
      <OutcomeForm
        of={id}
        send={async (body) => {
          await api.post('/v1/triage/reports/{id}/outcomes', { path: { id }, body })
          outcomes.reload()
        }}
      />
    </Card>
  )
}
