import { SecondPerson } from '../../parts/secondPerson.tsx'
import { api } from '../../state/api.ts'
import { may, me } from '../../state/session.ts'
import type { Item } from './itemDraft.ts'

/** Yes or no of a second person to the very version that is shown. */
export function Decision({ report, item, onDone }: { report: string; item: Item; onDone: () => void }) {
  if (item.status !== 'draft' || !may('items.decide')) return null
  return (
    <SecondPerson
      of={`decision ${item.id} ${item.version}`}
      isOwn={item.authors.some(({ id }) => id === me.value?.id)}
      decide={(approved, reason) =>
        api.post('/v1/triage/reports/{id}/items/{itemId}/approval', {
          path: { id: report, itemId: item.id },
          ifMatch: `"${item.version}"`,
          body: { approved, ...reason },
        })
      }
      onDone={onDone}
    />
  )
}
