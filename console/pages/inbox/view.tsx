import { useSignal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Head, Nothing } from '../../parts/small.tsx'
import { lastEvent } from '../../state/happenings.ts'
import { useLoaded } from '../../state/loaded.ts'
import { go } from '../../state/route.ts'
import { may } from '../../state/session.ts'
import { say, words } from '../../state/words.ts'
import { BulkClosing } from './closing.tsx'
import { FilterPanel } from './filters.tsx'
import { begin, choose, chosen, countRows, ensure, reading, rowAt, stretches } from './list.ts'
import { filters, isStub, type Listed, readQueue, readWaiting, type Stub, ticked } from './state.ts'
import { StubDialog } from './stub.tsx'
import { ReportTable } from './table.tsx'
import { OverdueReviews, Tiles } from './tiles.tsx'

const { inbox: texts } = words

/** What wants attention, the most urgent first. */
export function Inbox() {
  const queue = useLoaded(readQueue, [])
  const waiting = useLoaded(async () => (may('items.decide') ? readWaiting() : undefined), [])
  const [stub, setStub] = useState<Stub | undefined>(undefined)
  const reload = () => {
    scrollTo(0, 0)
    void begin()
    queue.reload()
    waiting.reload()
  }
  const open = (row: Listed, index: number) => {
    choose(index)
    if (isStub(row)) setStub(row)
    else go('report', row.id)
  }
  useEffect(() => void ensure(), [JSON.stringify(filters.value)])
  useKeys(open)
  const overdue = queue.value?.mixingOverdueHours ?? 0
  const isEmpty = countRows() === 0
  return (
    <>
      <Head title={texts.title} about={texts.about}>
        <Button onClick={reload} isBusy={reading.value.isBusy && !isEmpty}>
          {texts.refresh}
        </Button>
      </Head>
      <News onReload={reload} />
      {may('stats.live') && <Tiles of={queue} waiting={waiting.value} />}
      {overdue > 0 && <p class="s-clash">{say(texts.mixing, { hours: overdue })}</p>}
      <FilterPanel />
      {ticked.value.size > 0 && <BulkClosing onDone={reload} />}
      <OverdueReviews reviews={waiting.value?.overdue ?? []} />
      {isEmpty && stretches.value.length > 0 ? (
        <Nothing>{texts.empty}</Nothing>
      ) : (
        <ReportTable onOpen={open} />
      )}
      {stub !== undefined && (
        <StubDialog
          stub={stub}
          onClose={() => setStub(undefined)}
          onDone={() => {
            setStub(undefined)
            reload()
          }}
        />
      )}
    </>
  )
}

/** Says that there is something new; the list moves only when it is asked to. */
function News({ onReload }: { onReload: () => void }) {
  const seen = useSignal(lastEvent.peek()?.id)
  const event = lastEvent.value
  if (event === undefined || event.id === seen.value) return null
  const text =
    event.kind === 'something-new'
      ? texts.news
      : event.kind === 'attention-overdue'
        ? texts.overdueNews
        : texts.changed
  return (
    <p class="s-news" role="status">
      {text}{' '}
      <button
        type="button"
        class="s-quiet"
        onClick={() => {
          seen.value = event.id
          onReload()
        }}
      >
        {texts.refresh}
      </button>
    </p>
  )
}

/** j and k go down and up, enter opens. Not while something is typed. */
function useKeys(open: (row: Listed, index: number) => void): void {
  useEffect(() => {
    const acts: Record<string, () => void> = {
      j: () => move(1),
      k: () => move(-1),
      Enter() {
        const row = rowAt(chosen.value)
        if (row !== undefined) open(row, chosen.value)
      },
    }
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const others =
        event.key === 'Enter'
          ? 'input, select, textarea, dialog, button, a, summary'
          : 'input, select, textarea, dialog'
      if (event.target instanceof Element && event.target.closest(others)) return
      acts[event.key]?.()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
}

/** To the next row or the one before; where the chosen one is out of sight, to the first that is seen. */
function move(by: number): void {
  const drawn = [...document.querySelectorAll('[data-report]')]
  const indexOf = (row: Element) => Number(row.getAttribute('aria-rowindex')) - 2
  const isNear = drawn.some((row) => indexOf(row) === chosen.value)
  const goal = drawn.find((row) =>
    isNear ? indexOf(row) === chosen.value + by : row.getBoundingClientRect().top >= 0,
  )
  if (goal === undefined) return
  chosen.value = indexOf(goal)
  goal.scrollIntoView({ block: 'nearest' })
}
