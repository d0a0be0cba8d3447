import { Button } from '../../parts/button.tsx'
import { type Choices, SelectField, TextField, Tick } from '../../parts/form.tsx'
import { useAgencies } from '../../state/people.ts'
import { namesOf, words } from '../../state/words.ts'
import { type Filters, filters, isNarrowed, narrow, noFilters } from './state.ts'

const { inbox: texts } = words

export function choicesOf(names: Record<string, string>, any?: string): Choices {
  return [...(any === undefined ? [] : [['', any] as const]), ...Object.entries(names)]
}

/** Narrows the list. What it is narrowed by stays for this tab, and in no address. */
export function FilterPanel() {
  const { status, priority, category, agency, assignee, receivedFrom, receivedTo, origin, isPending, sort } =
    filters.value
  const agencies = useAgencies()
  return (
    <details class="s-filters" open={isNarrowed()}>
      <summary>{texts.filter}</summary>
      <div class="s-filters__fields">
        <SelectField
          label={texts.status}
          value={status[0] ?? ''}
          choices={choicesOf(namesOf.status, texts.any)}
          onInput={(value) => narrow({ status: value === '' ? [] : [value as Filters['status'][number]] })}
        />
        <SelectField
          label={texts.priority}
          value={priority[0] ?? ''}
          choices={choicesOf(namesOf.priority, texts.any)}
          onInput={(value) =>
            narrow({ priority: value === '' ? [] : [value as Filters['priority'][number]] })
          }
        />
        <SelectField
          label={texts.category}
          value={category}
          choices={choicesOf(namesOf.category, texts.any)}
          onInput={(value) => narrow({ category: value as Filters['category'] })}
        />
        <SelectField
          label={texts.leadAgency}
          value={agency}
          choices={[['', texts.any], ...agencies.map(({ slug, name }) => [slug, name] as const)]}
          onInput={(value) => narrow({ agency: value })}
        />
        <SelectField
          label={texts.assignee}
          value={assignee}
          choices={[
            ['', texts.any],
            ['me', texts.mine],
            ['none', texts.nobody],
          ]}
          onInput={(value) => narrow({ assignee: value as Filters['assignee'] })}
        />
        <TextField
          label={texts.from}
          type="date"
          value={receivedFrom}
          onInput={(value) => narrow({ receivedFrom: value })}
        />
        <TextField
          label={texts.to}
          type="date"
          value={receivedTo}
          onInput={(value) => narrow({ receivedTo: value })}
        />
        <SelectField
          label={texts.origin}
          value={origin}
          choices={choicesOf(texts.origins, texts.any)}
          onInput={(value) => narrow({ origin: value as Filters['origin'] })}
        />
        <SelectField
          label={texts.order}
          value={sort}
          choices={[
            ['priority', texts.byPriority],
            ['received', texts.byDay],
          ]}
          onInput={(value) => narrow({ sort: value as Filters['sort'] })}
        />
      </div>
      <Tick label={texts.pending} value={isPending} onInput={(value) => narrow({ isPending: value })} />
      {isNarrowed() && (
        <Button kind="quiet" onClick={() => narrow(noFilters)}>
          {texts.clear}
        </Button>
      )}
    </details>
  )
}
