import { useEffect, useMemo, useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Badge, Head, Nothing, priorityTone, statusTone } from '../../parts/small.tsx'
import { lastEvent } from '../../state/happenings.ts'
import { useAct } from '../../state/loaded.ts'
import { go, hrefOf } from '../../state/route.ts'
import { settings } from '../../state/settings.ts'
import { dayOf, namesOf, say, words } from '../../state/words.ts'
import { ClashDialog } from './clashes.tsx'
import { learnFrom } from './moves.ts'
import { RawReport } from './raw.tsx'
import { type Case, consult, newCase, type Opened } from './state.ts'
import { work } from './work.tsx'

const { report: texts } = words

/** One report: what was sent on the left, the work on it on the right. */
export function ReportPage({ id }: { id: string }) {
  const of = useMemo(() => newCase(id), [id])
  const act = useAct((reason: string) => consult(of, reason))
  useEffect(() => {
    if (!settings.requireReason) void act.run('')
  }, [id])
  const opened = of.opened.value
  return (
    <>
      <p class="s-back">
        <a href={hrefOf('inbox')}>{texts.back}</a>
      </p>
      {opened === undefined ? (
        <>
          <Head title={texts.title} />
          <Problem error={act.error} />
          {settings.requireReason && (
            <AskWhy isBusy={act.isBusy} onGiven={(reason) => void act.run(reason)} />
          )}
          {!settings.requireReason && act.isBusy && <p class="s-busy">{words.loading}</p>}
        </>
      ) : (
        <Both of={of} opened={opened} onAgain={() => void act.run(texts.readAgain)} />
      )}
    </>
  )
}

function AskWhy({ isBusy, onGiven }: { isBusy: boolean; onGiven: (reason: string) => void }) {
  const [reason, setReason] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onGiven(reason.trim())
      }}
    >
      <TextField label={texts.why} hint={texts.whyHint} isRequired value={reason} onInput={setReason} />
      <Button kind="main" submits isBusy={isBusy} whyNot={reason.trim() === '' ? texts.whyNeeded : undefined}>
        {texts.open}
      </Button>
    </form>
  )
}

function Both({ of, opened, onAgain }: { of: Case; opened: Opened; onAgain: () => void }) {
  const [tab, setTab] = useState('overview')
  const event = lastEvent.value
  useEffect(() => {
    if (event !== undefined) learnFrom(of, event)
  }, [event])
  const parts = work.filter(({ isFor }) => isFor(opened))
  const part = parts.find(({ name }) => name === tab) ?? parts[0]
  return (
    <>
      <Head
        title={namesOf.category[opened.category]}
        about={say(texts.received, { day: dayOf(opened.receivedOn) })}
      >
        <Badge tone={priorityTone[opened.priority]}>{namesOf.priority[opened.priority]}</Badge>
        <Badge tone={statusTone[opened.status] ?? 'grey'}>{namesOf.status[opened.status]}</Badge>
        {opened.flags.map((flag) => (
          <Badge key={flag} tone="violet">
            {namesOf.flag[flag]}
          </Badge>
        ))}
      </Head>
      <Changed id={of.id} onAgain={onAgain} />
      {of.notice.value !== undefined && (
        <p class="s-inset" role="status">
          {texts.notices[of.notice.value]}
        </p>
      )}
      {of.clashes.value !== undefined && <ClashDialog of={of} />}
      <div class="s-both">
        <section class="s-raw" aria-label={texts.raw.title}>
          {opened.report === null ? (
            <Nothing>{texts.unreadable}</Nothing>
          ) : (
            <RawReport of={of} opened={opened} report={opened.report} />
          )}
        </section>
        <section class="s-work" aria-label={texts.work}>
          <nav class="s-tabs" aria-label={texts.work}>
            {parts.map(({ name, title }) => (
              <button
                type="button"
                key={name}
                aria-current={part?.name === name ? 'page' : undefined}
                onClick={() => setTab(name)}
              >
                {title}
              </button>
            ))}
          </nav>
          {part?.view({ of, opened, leave: () => go('inbox'), show: setTab })}
        </section>
      </div>
    </>
  )
}

/** Says that somebody else works on the same. What is typed here stays. */
function Changed({ id, onAgain }: { id: string; onAgain: () => void }) {
  const [seen, setSeen] = useState(lastEvent.peek()?.id ?? 0)
  const event = lastEvent.value
  if (event === undefined || event.id <= seen || event.report !== id || event.kind !== 'report-changed')
    return null
  return (
    <p class="s-news" role="status">
      {texts.changed}{' '}
      <button
        type="button"
        class="s-quiet"
        onClick={() => {
          setSeen(event.id)
          onAgain()
        }}
      >
        {texts.again}
      </button>
    </p>
  )
}
