import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { choicesOf, SelectField, TextField } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Card, Facts, Head, Nothing, Shown, Table } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { plain, timeOf, words } from '../../state/words.ts'

type Schemas = components['schemas']
type AuditRecord = Schemas['AuditRecord']

const { trail: texts } = words

interface Filters {
  actor: string
  action: string
  role: string
  target: string
  from: string
  to: string
}

const none: Filters = { actor: '', action: '', role: '', target: '', from: '', to: '' }

function queryOf({ actor, action, role, target, from, to }: Filters) {
  return {
    ...(actor === '' ? {} : { actor: [actor] }),
    ...(action === '' ? {} : { action: [action as Schemas['AuditAction']] }),
    ...(role === '' ? {} : { role: [role as Schemas['AuditRole']] }),
    ...(target === '' ? {} : { target: [target] }),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
  }
}

/** Who did what. Reading it is no part of it. */
export function Trail() {
  const [typed, setTyped] = useState<Filters>(none)
  const [filters, setFilters] = useState<Filters>(none)
  const [more, setMore] = useState<AuditRecord[]>([])
  const [cursor, setCursor] = useState<string | undefined>(undefined)
  const first = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/audit', { query: { ...queryOf(filters), limit: 100 } })
    setMore([])
    setCursor(body.nextCursor)
    return body.items
  }, [JSON.stringify(filters)])
  const next = useAct(async () => {
    if (cursor === undefined) return
    const { body } = await api.get('/v1/triage/audit', { query: { ...queryOf(filters), limit: 100, cursor } })
    setMore([...more, ...body.items])
    setCursor(body.nextCursor)
  })
  const set = (name: keyof Filters) => (value: string) => setTyped({ ...typed, [name]: value })
  return (
    <>
      <Head title={texts.title} about={texts.about} />
      <HeadCard />
      <Card title={words.inbox.filter}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            setFilters(typed)
          }}
        >
          <div class="s-columns">
            <TextField label={texts.actor} name="actor" value={typed.actor} onInput={set('actor')} />
            <SelectField
              label={texts.action}
              name="action"
              value={typed.action}
              choices={choicesOf(texts.actions, words.inbox.any)}
              onInput={set('action')}
            />
            <SelectField
              label={texts.role}
              name="role"
              value={typed.role}
              choices={choicesOf(texts.roles, words.inbox.any)}
              onInput={set('role')}
            />
            <TextField label={texts.target} name="target" value={typed.target} onInput={set('target')} />
            <TextField label={words.inbox.from} type="date" value={typed.from} onInput={set('from')} />
            <TextField label={words.inbox.to} type="date" value={typed.to} onInput={set('to')} />
          </div>
          <Button kind="main" submits>
            {texts.apply}
          </Button>
        </form>
      </Card>
      <Shown of={first}>
        {(items) =>
          items.length === 0 ? (
            <Nothing>{texts.none}</Nothing>
          ) : (
            <Table
              caption={texts.title}
              rows={[...items, ...more]}
              keyOf={({ seq }) => String(seq)}
              columns={[
                { name: texts.seq, isNumber: true, cell: ({ seq }) => seq },
                { name: texts.at, cell: ({ at }) => timeOf(at) },
                { name: texts.actor, cell: ({ actor, role }) => <Who actor={actor} role={role} /> },
                { name: texts.action, cell: ({ action }) => plain(action) },
                { name: texts.target, cell: ({ target }) => <code class="s-code">{target}</code> },
                { name: texts.reason, cell: (record) => <Why record={record} /> },
              ]}
            />
          )
        }
      </Shown>
      <Problem error={next.error} />
      {cursor !== undefined && (
        <Button isBusy={next.isBusy} onClick={() => void next.run()}>
          {words.more}
        </Button>
      )}
    </>
  )
}

function Who({ actor, role }: { actor: string; role: string }) {
  return (
    <>
      <code class="s-code" title={actor}>
        {actor.slice(0, 13)}
      </code>{' '}
      <span class="s-faint">{plain(role)}</span>
    </>
  )
}

function Why({ record: { reason, recipients, mayHaveMet } }: { record: AuditRecord }) {
  return (
    <>
      {reason}
      {recipients !== undefined && <p class="s-byline">→ {recipients.join(', ')}</p>}
      {mayHaveMet !== undefined && mayHaveMet.length > 0 && (
        <p class="s-byline">
          {texts.mayHaveMet} {mayHaveMet.map((id) => id.slice(0, 8)).join(', ')}
        </p>
      )}
    </>
  )
}

/** The signed end of the trail, to be kept elsewhere: what was kept must lie within what is there later. */
function HeadCard() {
  const head = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/audit/head')
    return body
  }, [])
  const [kept, setKept] = useState('')
  const [isCopied, setCopied] = useState(false)
  const verify = useAct(async () => {
    const { checkHead } = await import('./checkpoint.ts')
    setVerdict(await checkHead(head.value?.checkpoint ?? '', head.value?.verifierKey ?? '', kept))
  })
  const [verdict, setVerdict] = useState<keyof typeof texts.verdicts | undefined>(undefined)
  return (
    <Card title={texts.head}>
      <p class="s-about">{texts.headAbout}</p>
      <Shown of={head}>
        {(value) => (
          <>
            <Facts
              rows={[
                [texts.size, value.size],
                [texts.hash, <code class="s-code">{value.hash}</code>],
                [texts.key, <code class="s-code">{value.verifierKey}</code>],
              ]}
            />
            <pre class="s-note">{value.checkpoint}</pre>
            <Button
              onClick={() =>
                void navigator.clipboard?.writeText(value.checkpoint).then(() => setCopied(true))
              }
            >
              {isCopied ? texts.copied : texts.copy}
            </Button>
            <TextField label={texts.kept} hint={texts.keptHint} rows={5} value={kept} onInput={setKept} />
            <Button isBusy={verify.isBusy} onClick={() => void verify.run()}>
              {texts.verify}
            </Button>
            {verify.error !== undefined && <Problem error={verify.error} />}
            {verdict !== undefined && (
              <p class="s-inset" role="status">
                {texts.verdicts[verdict]}
              </p>
            )}
          </>
        )}
      </Shown>
    </Card>
  )
}
