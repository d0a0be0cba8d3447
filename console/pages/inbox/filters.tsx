import { Button } from '../../parts/button.tsx'
import { type Choices, choicesOf, SelectField, TextField, Tick } from '../../parts/form.tsx'
import { useAgencies } from '../../state/people.ts'
import { namesOf, words } from '../../state/words.ts'
import { type Filters, filters, isNarrowed, narrow, noFilters } from './state.ts'

const { inbox: texts } = words

/** Narrows the list. What it is narrowed by stays for this tab, and in no address. */
export function FilterPanel() {
  const { status, priority, category, agency, assignee, receivedFrom, receivedTo, origin, isPending, sort } =
    filters.value
  const agencies = useAgencies()
  const one = (label: string, value: string, choices: Choices, onInput: (value: string) => void) => (
    <SelectField label={label} value={value} choices={choices} onInput={onInput} />
  )
  return (
    <details class="s-filters" open={isNarrowed()}>
      <summary>{texts.filter}</summary>
      <div class="s-filters__fields">
        {one(texts.status, status[0] ?? '', choicesOf(namesOf.status, texts.any), (value) =>
          narrow({ status: value === '' ? [] : [value as Filters['status'][number]] }),
        )}
        {one(texts.priority, priority[0] ?? '', choicesOf(namesOf.priority, texts.any), (value) =>
          narrow({ priority: value === '' ? [] : [value as Filters['priority'][number]] }),
        )}
        {one(texts.category, category, choicesOf(namesOf.category, texts.any), (value) =>
          narrow({ category: value as Filters['category'] }),
        )}
        {one(
          texts.leadAgency,
          agency,
          [['', texts.any], ...agencies.map(({ slug, name }) => [slug, name] as const)],
          (value) => narrow({ agency: value }),
        )}
        {one(
          texts.assignee,
          assignee,
          [
            ['', texts.any],
            ['me', texts.mine],
            ['none', texts.nobody],
          ],
          (value) => narrow({ assignee: value as Filters['assignee'] }),
        )}
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
        {one(texts.origin, origin, choicesOf(texts.origins, texts.any), (value) =>
          narrow({ origin: value as Filters['origin'] }),
        )}
        {one(
          texts.order,
          sort,
          [
            ['priority', texts.byPriority],
            ['received', texts.byDay],
          ],
          (value) => narrow({ sort: value as Filters['sort'] }),
        )}
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
