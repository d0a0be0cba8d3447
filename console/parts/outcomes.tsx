import type { components } from '../../client/src/index.ts'
import type { Fields } from '../state/drafts.ts'
import { useAct } from '../state/loaded.ts'
import { dayOf, namesOf, plain, words } from '../state/words.ts'
import { Button } from './button.tsx'
import { choicesOf, SelectField, TextField, useForm } from './form.tsx'
import { Problem } from './problem.tsx'
import { Badge, Nothing } from './small.tsx'
import { Text } from './text.tsx'

type Schemas = components['schemas']
type Outcome = Schemas['Outcome']
type Draft = Schemas['OutcomeDraft']

const { outcomes: texts } = words

/** What came of it, as triage or the agency recorded it. */
export function OutcomeList({ items }: { items: readonly Outcome[] }) {
  if (items.length === 0) return <Nothing>{texts.none}</Nothing>
  return (
    <ul class="s-plainlist">
      {items.map((one) => (
        <li key={one.id} data-outcome={one.type}>
          <strong>{namesOf.outcome[one.type]}</strong> {dayOf(one.on)}{' '}
          {one.agency !== undefined && <Badge>{plain(one.agency)}</Badge>}
          {one.fourP !== undefined && <Badge tone="blue">{plain(one.fourP)}</Badge>}
          {one.disruption !== undefined && <Badge tone="violet">{texts.disruptions[one.disruption]}</Badge>}
          {one.quantity !== undefined && ` ${one.quantity} ${one.unit ?? ''}`}
          {one.value !== undefined && ` £${one.value.toLocaleString('en-GB')}`}
          {one.detail !== undefined && <Text text={one.detail} />}
        </li>
      ))}
    </ul>
  )
}

interface Values extends Fields {
  type: string
  on: string
  detail: string
  quantity: string
  unit: string
  value: string
  fourP: string
  disruption: string
  ocgReference: string
}

const empty = (): Values => ({
  type: '',
  on: new Date().toISOString().slice(0, 10),
  detail: '',
  quantity: '',
  unit: '',
  value: '',
  fourP: '',
  disruption: '',
  ocgReference: '',
})

export function OutcomeForm({ of, send }: { of: string; send: (draft: Draft) => Promise<void> }) {
  const form = useForm<Values>(`outcome ${of}`, empty())
  const { values, set } = form
  const act = useAct(async () => {
    await send(draftOf(values))
    form.done(empty())
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void act.run()
      }}
    >
      <Problem error={act.error} />
      <div class="s-columns">
        <SelectField
          label={texts.type}
          name="type"
          isRequired
          value={values.type}
          choices={choicesOf(namesOf.outcome, texts.choose)}
          onInput={(value) => set('type', value)}
        />
        <TextField
          label={texts.on}
          type="date"
          isRequired
          value={values.on}
          onInput={(value) => set('on', value)}
        />
        <SelectField
          label={texts.fourP}
          value={values.fourP}
          choices={choicesOf(texts.fourPs, '–')}
          onInput={(value) => set('fourP', value)}
        />
        <SelectField
          label={texts.disruption}
          value={values.disruption}
          choices={choicesOf(texts.disruptions, '–')}
          onInput={(value) => set('disruption', value)}
        />
        <TextField
          label={texts.quantity}
          type="number"
          value={values.quantity}
          onInput={(value) => set('quantity', value)}
        />
        <TextField label={texts.unit} value={values.unit} onInput={(value) => set('unit', value)} />
        <TextField
          label={texts.value}
          type="number"
          value={values.value}
          onInput={(value) => set('value', value)}
        />
        <TextField
          label={texts.ocg}
          value={values.ocgReference}
          onInput={(value) => set('ocgReference', value)}
        />
      </div>
      <TextField
        label={texts.detail}
        rows={3}
        value={values.detail}
        onInput={(value) => set('detail', value)}
      />
      <Button kind="main" submits isBusy={act.isBusy}>
        {texts.record}
      </Button>
    </form>
  )
}

function draftOf(values: Values): Draft {
  const { type, on, detail, quantity, unit, value, fourP, disruption, ocgReference } = values
  return {
    type: type as Draft['type'],
    on,
    ...(detail === '' ? {} : { detail }),
    ...(quantity === '' ? {} : { quantity: Number(quantity) }),
    ...(unit === '' ? {} : { unit }),
    ...(value === '' ? {} : { value: Number(value) }),
    ...(fourP === '' ? {} : { fourP: fourP as Schemas['OutcomeFourP'] }),
    ...(disruption === '' ? {} : { disruption: disruption as Schemas['OutcomeDisruption'] }),
    ...(ocgReference === '' ? {} : { ocgReference }),
  }
}
