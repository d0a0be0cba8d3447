import type { components } from '../../../client/src/index.ts'
import type { Loaded } from '../../state/loaded.ts'
import { hrefOf } from '../../state/route.ts'
import { say, timeOf, words } from '../../state/words.ts'
import { filters, narrow, noFilters, type Waiting } from './state.ts'

const { inbox: texts } = words

/** How much waits. Those that the list can be narrowed to are buttons. */
export function Tiles({
  of,
  waiting,
}: {
  of: Loaded<components['schemas']['WorkQueue']>
  waiting: Waiting | undefined
}) {
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
      {waiting !== undefined && <ToApprove waiting={waiting} />}
    </div>
  )
}

/** What waits for whoever decides. */
function ToApprove({ waiting: { count, overdue } }: { waiting: Waiting }) {
  return (
    <a class={`s-tile${overdue.length > 0 ? ' s-tile--red' : ''}`} href={hrefOf('approvals')}>
      <strong>{count}</strong>{' '}
      <span>{overdue.length > 0 ? texts.tiles.reviewOverdue : texts.tiles.toApprove}</span>
    </a>
  )
}

/** What went out unapproved and should have been reviewed by now: before everything else in the list. */
export function OverdueReviews({ reviews }: { reviews: Waiting['overdue'] }) {
  if (reviews.length === 0) return null
  return (
    <section class="s-clash" aria-label={texts.reviewsFirst} data-reviews>
      <strong>{texts.reviewsFirst}</strong>
      <ul>
        {reviews.map(({ id, report, by, reviewBy }) => (
          <li key={id}>
            <a href={hrefOf('report', report)}>{say(texts.reviewOf, { number: report.slice(0, 8) })}</a>{' '}
            {say(texts.reviewWas, { name: by.name, time: timeOf(reviewBy ?? '') })}
          </li>
        ))}
      </ul>
    </section>
  )
}
