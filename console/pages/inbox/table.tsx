import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Problem } from '../../parts/problem.tsx'
import { useAgencies } from '../../state/people.ts'
import { say, words } from '../../state/words.ts'
import {
  begin,
  countRows,
  heights,
  isOfOverdue,
  more,
  reading,
  type Stretch,
  startOf,
  stretches,
} from './list.ts'
import { Row } from './row.tsx'
import type { Listed } from './state.ts'

const { inbox: texts } = words
/** How far beyond what is seen rows are drawn, and read. */
const ahead = 1500

/** The list as one table, of which only what is near the eye is drawn. */
export function ReportTable({ onOpen }: { onOpen: (row: Listed, index: number) => void }) {
  const agencies = useAgencies()
  return (
    <>
      <table class="s-list" aria-label={texts.title} aria-rowcount={-1}>
        <thead>
          <tr>
            {texts.columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        {stretches.value.map((stretch, index) => (
          <Rows
            key={isOfOverdue(stretch) ? 'overdue' : (stretch.cursor ?? '')}
            stretch={stretch}
            from={startOf(index)}
            agencies={agencies}
            onOpen={onOpen}
          />
        ))}
      </table>
      <End />
    </>
  )
}

interface RowsProps {
  stretch: Stretch
  from: number
  agencies: ReturnType<typeof useAgencies>
  onOpen: (row: Listed, index: number) => void
}

/** A stretch of rows; once out of sight, a gap of the same height. */
function Rows({ stretch, from, agencies, onOpen }: RowsProps) {
  const body = useRef<HTMLTableSectionElement>(null)
  const height = heights.get(stretch)
  const [isNear, setNear] = useState(height === undefined)
  useEffect(() => {
    const { current } = body
    if (current === null) return
    return watch(current, (is) => {
      if (!is) heights.set(stretch, current.offsetHeight)
      setNear(is)
    })
  }, [stretch])
  return (
    <tbody ref={body} data-overdue={isOfOverdue(stretch) || undefined}>
      {isNear ? (
        <>
          <Section stretch={stretch} />
          {stretch.items.map((row, index) => (
            <Row key={row.id} row={row} index={from + index} agencies={agencies} onOpen={onOpen} />
          ))}
        </>
      ) : (
        <tr class="s-list__gap">
          <td colSpan={7} style={{ height: `${height ?? 0}px` }} />
        </tr>
      )}
    </tbody>
  )
}

/** What stands above the overdue, and above what comes after them. */
function Section({ stretch }: { stretch: Stretch }) {
  const [first] = stretches.value
  if (first === undefined || !isOfOverdue(first)) return null
  const isFirst = first === stretch
  if (!isFirst && stretches.value[1] !== stretch) return null
  const { beyond = 0 } = stretch
  return (
    <tr class="s-list__section">
      <th colSpan={7} scope="rowgroup">
        {isFirst ? texts.overdueFirst : texts.others}
        {beyond !== 0 && (
          <span class="s-list__more">
            {beyond === 'perhaps' ? texts.overduePerhaps : say(texts.overdueBeyond, { count: beyond })}
          </span>
        )}
      </th>
    </tr>
  )
}

/** The end of what was read: reads on as it comes near. */
function End() {
  const end = useRef<HTMLDivElement>(null)
  const { isBusy, error } = reading.value
  const isAll = stretches.value.at(-1)?.next === undefined
  const count = countRows()
  useEffect(() => {
    const { current } = end
    if (current === null || isAll || isBusy || error !== undefined) return
    return watch(current, (isNear) => {
      if (isNear) void more()
    })
  }, [isAll, isBusy, error, count])
  return (
    <div class="s-list__end" ref={end} role="status">
      {error !== undefined && <Problem error={error} onRetry={() => void (count === 0 ? begin() : more())} />}
      {isBusy && <p class="s-busy">{words.loading}</p>}
      {isAll && !isBusy && <p class="s-keys">{say(texts.all, { count: count.toLocaleString('en-GB') })}</p>}
      {!isAll && !isBusy && error === undefined && <Button onClick={() => void more()}>{texts.more}</Button>}
      <p class="s-keys">{texts.keys}</p>
    </div>
  )
}

const watched = new WeakMap<Element, (isNear: boolean) => void>()
let observer: IntersectionObserver | undefined

/** Tells when an element comes near the window and when it leaves. Ends by what it returns. */
function watch(element: Element, tell: (isNear: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) watched.get(target)?.(isIntersecting)
    },
    { rootMargin: `${ahead}px 0px` },
  )
  watched.set(element, tell)
  observer.observe(element)
  return () => {
    watched.delete(element)
    observer?.unobserve(element)
  }
}
