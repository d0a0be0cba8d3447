import { Button } from '../../parts/button.tsx'
import { TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import {
  Badge,
  Card,
  Head,
  Nothing,
  statusTone,
  Table,
  Unreadable,
  unreadableIn,
} from '../../parts/small.tsx'
import { useAct } from '../../state/loaded.ts'
import { hrefOf } from '../../state/route.ts'
import { dayOf, namesOf, say, words } from '../../state/words.ts'
import { found, type Match, search } from './state.ts'

const { search: texts } = words

/** Finds text in sealed reports. It is recorded, with what was looked for sealed. */
export function Search() {
  const form = useForm('search', { q: '', reason: '' })
  const act = useAct((goesOn: boolean) => search(form.values, goesOn))
  const page = found.value
  return (
    <>
      <Head title={texts.title} about={texts.about} />
      <Card>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void act.run(false)
          }}
        >
          <Problem error={act.error} />
          <TextField
            label={texts.q}
            hint={texts.hint}
            name="q"
            isRequired
            maxLength={200}
            value={form.values.q}
            onInput={(q) => form.set('q', q)}
          />
          <TextField
            label={texts.reason}
            value={form.values.reason}
            onInput={(reason) => form.set('reason', reason)}
          />
          <Button kind="main" submits isBusy={act.isBusy}>
            {texts.go}
          </Button>
        </form>
      </Card>
      {page !== undefined && (
        <Card title={say(texts.result, { count: page.items.length, searched: page.searched, of: page.of })}>
          <Unreadable count={unreadableIn(page)} />
          {page.items.length === 0 && <Nothing>{texts.none}</Nothing>}
          {page.items.length > 0 && (
            <Table
              caption={texts.title}
              rows={page.items}
              keyOf={({ id }) => id}
              columns={[
                {
                  name: words.inbox.columns[1] ?? '',
                  cell: ({ id, category }) => (
                    <a href={hrefOf('report', id)} data-found={id}>
                      {namesOf.category[category]}
                    </a>
                  ),
                },
                { name: words.inbox.columns[2] ?? '', cell: ({ receivedOn }) => dayOf(receivedOn) },
                {
                  name: words.inbox.status,
                  cell: ({ status }) => (
                    <Badge tone={statusTone[status] ?? 'grey'}>{namesOf.status[status]}</Badge>
                  ),
                },
                { name: texts.where, cell: ({ matches }) => whereIn(matches) },
              ]}
            />
          )}
          {page.nextCursor !== undefined && (
            <Button isBusy={act.isBusy} onClick={() => void act.run(true)}>
              {texts.further}
            </Button>
          )}
        </Card>
      )}
    </>
  )
}

/** The fields that hold it, and how often. */
function whereIn(matches: readonly Match[]): string {
  const counts = new Map<string, number>()
  for (const { pointer } of matches) {
    const field = pointer.split('/').slice(1).join(' › ')
    counts.set(field, (counts.get(field) ?? 0) + 1)
  }
  return [...counts].map(([field, count]) => (count > 1 ? `${field} (${count})` : field)).join(', ')
}
