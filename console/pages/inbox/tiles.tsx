import type { components } from '../../../client/src/index.ts'
import { type Loaded, useLoaded } from '../../state/loaded.ts'
import { hrefOf } from '../../state/route.ts'
import { may } from '../../state/session.ts'
import { words } from '../../state/words.ts'
import { filters, narrow, noFilters, readWaiting } from './state.ts'

const { inbox: texts } = words

/** How much waits. Those that the list can be narrowed to are buttons. */
export function Tiles({ of }: { of: Loaded<components['schemas']['WorkQueue']> }) {
  const queue = of.value
  if (queue === undefined) return <div class="s-tiles" aria-hidden="true" />
  const { assignee } = filters.value
  const tiles = [
    { name: texts.tiles.open, count: queue.open, isOn: false, press: () => narrow(noFilters) },
    {
      name: texts.tiles.mine,
      count: queue.mine,
      isOn: assignee === 'me',
      press: () => narrow({ assignee: assignee === 'me' ? '' : 'me' }),
    },
    {
      name: texts.tiles.unassigned,
      count: queue.unassigned,
      isOn: assignee === 'none',
      press: () => narrow({ assignee: assignee === 'none' ? '' : 'none' }),
    },
  ]
  return (
    <div class="s-tiles">
      {tiles.map(({ name, count, isOn, press }) => (
        <button type="button" key={name} class="s-tile" aria-pressed={isOn} onClick={press}>
          <strong>{count}</strong> <span>{name}</span>
        </button>
      ))}
      <p class={`s-tile s-tile--still${queue.overdue > 0 ? ' s-tile--red' : ''}`}>
        <strong>{queue.overdue}</strong> <span>{texts.tiles.overdue}</span>
      </p>
      <p class={`s-tile s-tile--still${queue.unreadMessages > 0 ? ' s-tile--blue' : ''}`}>
        <strong>{queue.unreadMessages}</strong> <span>{texts.tiles.unread}</span>
      </p>
      {may('items.decide') && <ToApprove />}
    </div>
  )
}

/** What waits for whoever decides. */
function ToApprove() {
  const { value } = useLoaded(readWaiting, [])
  if (value === undefined) return null
  return (
    <a class={`s-tile${value.isOverdue ? ' s-tile--red' : ''}`} href={hrefOf('approvals')}>
      <strong>{value.count}</strong>{' '}
      <span>{value.isOverdue ? texts.tiles.reviewOverdue : texts.tiles.toApprove}</span>
    </a>
  )
}
