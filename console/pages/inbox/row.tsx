import { useComputed } from '@preact/signals'
import { agencyName, Badge, priorityTone, statusTone } from '../../parts/small.tsx'
import type { Agency } from '../../state/people.ts'
import { hrefOf } from '../../state/route.ts'
import { dayOf, namesOf, say, words } from '../../state/words.ts'
import { choose, chosen } from './list.ts'
import { isOverdue, isStub, type Listed, type Row as Summary, tick, ticked } from './state.ts'

const { inbox: texts } = words

interface RowProps {
  row: Listed
  /** Its number in the whole list. */
  index: number
  agencies: readonly Agency[]
  onOpen: (row: Listed, index: number) => void
}

export function Row({ row, index, agencies, onOpen }: RowProps) {
  const name = namesOf.category[row.category]
  // So that a key draws two rows anew, and not all.
  const isChosen = useComputed(() => chosen.value === index).value
  const isTicked = useComputed(() => ticked.value.has(row.id)).value
  return (
    <tr
      data-report={row.id}
      aria-rowindex={index + 2}
      class={isChosen ? 's-list__chosen' : undefined}
      aria-current={isChosen || undefined}
      onClick={(event) => {
        if (!isControl(event.target)) onOpen(row, index)
      }}
    >
      <td class="s-list__tick">
        {!isStub(row) && row.status !== 'closed' && (
          <input
            type="checkbox"
            aria-label={say(texts.tick, { name })}
            checked={isTicked}
            onChange={(event) => tick(row.id, event.currentTarget.checked)}
          />
        )}
      </td>
      <td class="s-list__what">
        {isStub(row) ? (
          <button type="button" class="s-link" onClick={() => onOpen(row, index)}>
            {name}
          </button>
        ) : (
          <a href={hrefOf('report', row.id)} onClick={() => choose(index)}>
            {name}
          </a>
        )}
        <span class="s-list__more">
          {row.flags.map((flag) => (
            <Badge key={flag} tone={flag === 'restricted' || flag === 'chisReview' ? 'violet' : 'grey'}>
              {namesOf.flag[flag]}
            </Badge>
          ))}
          {!isStub(row) && row.unreadMessages > 0 && (
            <Badge tone="blue">{say(texts.unread, { count: row.unreadMessages })}</Badge>
          )}
          {!isStub(row) && row.origin === 'partner' && <Badge tone="violet">{texts.fromAgency}</Badge>}
          {!isStub(row) && row.links > 0 && <Badge>{say(texts.links, { count: row.links })}</Badge>}
          {isStub(row) && row.pending !== undefined && <Badge tone="amber">{texts.waitsForTwo}</Badge>}
        </span>
      </td>
      <td>{dayOf(row.receivedOn)}</td>
      {isStub(row) ? <td colSpan={4}>{texts.stub}</td> : <Cells row={row} agencies={agencies} />}
    </tr>
  )
}

/** A click beside them opens the report too: rows are large, links are small. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, input, .s-list__tick') !== null
}

function Cells({ row, agencies }: { row: Summary; agencies: readonly Agency[] }) {
  return (
    <>
      <td>
        <Badge tone={priorityTone[row.priority]}>{namesOf.priority[row.priority]}</Badge>
        {isOverdue(row) && <Badge tone="red">{texts.overdue}</Badge>}
        {row.attentionBy !== null && !isOverdue(row) && row.status !== 'closed' && (
          <span class="s-list__by">{say(texts.by, { day: dayOf(row.attentionBy) })}</span>
        )}
      </td>
      <td>
        <Badge tone={statusTone[row.status] ?? 'grey'}>{namesOf.status[row.status]}</Badge>
      </td>
      <td>{agencyName(agencies, row.leadAgency)}</td>
      <td>{row.assignee?.name ?? <span class="s-faint">{texts.nobody}</span>}</td>
    </>
  )
}
