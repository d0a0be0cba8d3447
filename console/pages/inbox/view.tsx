import { useSignal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Head, Nothing, Shown } from '../../parts/small.tsx'
import { lastEvent } from '../../state/happenings.ts'
import { useLoaded } from '../../state/loaded.ts'
import { go } from '../../state/route.ts'
import { may } from '../../state/session.ts'
import { say, words } from '../../state/words.ts'
import { BulkClosing } from './closing.tsx'
import { FilterPanel } from './filters.tsx'
import { Row } from './row.tsx'
import { chosen, filters, isStub, type Listed, readPage, readQueue, ticked, trail } from './state.ts'
import { StubDialog } from './stub.tsx'
import { Tiles } from './tiles.tsx'

const { inbox: texts } = words

/** What wants attention, the most urgent first. */
export function Inbox() {
  const { value: cursors } = trail
  const page = useLoaded(readPage, [JSON.stringify(filters.value), cursors.join()])
  const queue = useLoaded(readQueue, [])
  const items = page.value?.items ?? []
  const [stub, setStub] = useState<string | undefined>(undefined)
  const reload = () => {
    page.reload()
    queue.reload()
  }
  const open = (row: Listed) => (isStub(row) ? setStub(row.id) : go('report', row.id))
  const next = page.value?.nextCursor
  useKeys(items, open)
  const opened = items.find((row) => row.id === stub)
  return (
    <>
      <Head title={texts.title} about={texts.about}>
        <Button onClick={reload} isBusy={page.isBusy && page.value !== undefined}>
          {texts.refresh}
        </Button>
      </Head>
      <News onReload={reload} />
      {may('stats.live') && <Tiles of={queue} />}
      <FilterPanel />
      {ticked.value.size > 0 && <BulkClosing onDone={reload} />}
      <Shown of={page}>
        {(list) =>
          list.items.length === 0 ? (
            <Nothing>{texts.empty}</Nothing>
          ) : (
            <>
              <table class="s-list" aria-label={texts.title}>
                <thead>
                  <tr>
                    {texts.columns.map((name) => (
                      <th key={name} scope="col">
                        {name}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {list.items.map((row, index) => (
                    <Row key={row.id} row={row} isChosen={index === chosen.value} onOpen={() => open(row)} />
                  ))}
                </tbody>
              </table>
              <nav class="s-pager" aria-label={texts.paging}>
                <Button
                  onClick={() => {
                    trail.value = cursors.slice(0, -1)
                    chosen.value = 0
                  }}
                  whyNot={cursors.length === 0 ? '' : undefined}
                >
                  {texts.previous}
                </Button>
                <span>{say(texts.pageNumber, { number: cursors.length + 1 })}</span>
                <Button
                  onClick={() => {
                    if (next !== undefined) trail.value = [...cursors, next]
                    chosen.value = 0
                  }}
                  whyNot={next === undefined ? '' : undefined}
                >
                  {texts.next}
                </Button>
              </nav>
              <p class="s-keys">{texts.keys}</p>
            </>
          )
        }
      </Shown>
      {opened !== undefined && isStub(opened) && (
        <StubDialog
          stub={opened}
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
function useKeys(items: readonly Listed[], open: (row: Listed) => void): void {
  useEffect(() => {
    const acts: Record<string, () => void> = {
      j: () => move(Math.min(items.length - 1, chosen.value + 1)),
      k: () => move(Math.max(0, chosen.value - 1)),
      Enter() {
        const row = items[chosen.value]
        if (row !== undefined) open(row)
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

function move(to: number): void {
  chosen.value = to
  document.querySelectorAll('[data-report]')[to]?.scrollIntoView({ block: 'nearest' })
}
