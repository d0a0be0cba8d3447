import { useSignal } from '@preact/signals'
import type { ComponentChildren, ComponentProps } from 'preact'
import { useId } from 'preact/hooks'
import { draftOf, dropDraft, type Fields, touch } from '../state/drafts.ts'

/** A form's values, kept as a draft until they are sent, and the ways to change them. */
export interface Form<F extends Fields> {
  values: F
  set: <Name extends keyof F>(name: Name, value: F[Name]) => void
  /** Replaces everything, as after a merge. */
  fill: (values: F) => void
  /** Sent: the next view begins anew. */
  done: (values?: F) => void
}

export function useForm<F extends Fields>(name: string, initial: F): Form<F> {
  // A form that was sent begins anew, with another draft.
  const round = useSignal(0)
  void round.value
  const draft = draftOf<F>(name, initial)
  return {
    values: draft.value,
    set(field, value) {
      draft.value = { ...draft.value, [field]: value }
      touch(name)
    },
    fill(values) {
      draft.value = values
      touch(name)
    },
    done(values) {
      dropDraft(name)
      if (values !== undefined) draftOf(name, values)
      round.value += 1
    },
  }
}

interface FieldProps {
  label: string
  value: string
  onInput: (value: string) => void
  hint?: string | undefined
  error?: string | undefined
  isRequired?: boolean
  isLabelHidden?: boolean
}

/** One line, or several. */
export function TextField(
  props: FieldProps & {
    rows?: number
    type?: 'text' | 'date' | 'url' | 'number'
    maxLength?: number
    name?: string
    children?: ComponentChildren
  },
) {
  const {
    label,
    value,
    onInput,
    hint,
    error,
    isRequired,
    isLabelHidden,
    rows,
    type = 'text',
    maxLength,
    name,
  } = props
  const id = useId()
  const shared = {
    id,
    name,
    value,
    maxLength,
    required: isRequired,
    autocomplete: 'off',
    spellcheck: false,
    'aria-describedby': [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
    'aria-invalid': error !== undefined,
  } as const
  return (
    <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
      <label class={`govuk-label${isLabelHidden ? ' govuk-visually-hidden' : ''}`} for={id}>
        {label}
      </label>
      {hint && (
        <div class="govuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <p class="govuk-error-message" id={`${id}-error`}>
          {error}
        </p>
      )}
      {rows === undefined ? (
        <Line type={type} {...shared} onInput={(event) => onInput(event.currentTarget.value)} />
      ) : (
        <textarea
          class={`govuk-textarea${error ? ' govuk-textarea--error' : ''}`}
          rows={rows}
          {...shared}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
      {props.children}
    </div>
  )
}

type LineProps = Omit<ComponentProps<'input'>, 'type' | 'role' | 'list'> & {
  type: 'text' | 'date' | 'url' | 'number'
}

/** Each kind of input has a type of its own. */
function Line({ type, ...rest }: LineProps) {
  const shared = {
    class: `govuk-input${rest['aria-invalid'] === true ? ' govuk-input--error' : ''}`,
    ...rest,
  }
  if (type === 'date') return <input type="date" {...shared} />
  if (type === 'number') return <input type="number" step="any" {...shared} />
  return type === 'url' ? <input type="url" {...shared} /> : <input type="text" {...shared} />
}

export type Choices = readonly (readonly [value: string, name: string])[]

/** What a list of names offers; `any` stands for no choice, and first. */
export function choicesOf(names: Record<string, string>, any?: string): Choices {
  return [...(any === undefined ? [] : [['', any] as const]), ...Object.entries(names)]
}

export function SelectField(props: FieldProps & { choices: Choices; name?: string }) {
  const { label, value, onInput, hint, choices, isRequired, isLabelHidden, name } = props
  const id = useId()
  return (
    <div class="govuk-form-group">
      <label class={`govuk-label${isLabelHidden ? ' govuk-visually-hidden' : ''}`} for={id}>
        {label}
      </label>
      {hint && (
        <div class="govuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <select
        class="govuk-select"
        id={id}
        name={name}
        required={isRequired}
        aria-describedby={hint && `${id}-hint`}
        value={value}
        onChange={(event) => onInput(event.currentTarget.value)}
      >
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

interface ManyProps {
  legend: string
  choices: Choices
  hint?: string
  isLegendHidden?: boolean
}

export function Checks(props: ManyProps & { values: string[]; onInput: (values: string[]) => void }) {
  const { legend, choices, values, onInput, hint, isLegendHidden } = props
  const id = useId()
  return (
    <Group legend={legend} hint={hint} isLegendHidden={isLegendHidden}>
      <div class="govuk-checkboxes govuk-checkboxes--small">
        {choices.map(([choice, text]) => (
          <div class="govuk-checkboxes__item" key={choice}>
            <input
              class="govuk-checkboxes__input"
              type="checkbox"
              id={`${id}-${choice}`}
              checked={values.includes(choice)}
              onChange={({ currentTarget: { checked } }) =>
                onInput(checked ? [...values, choice] : values.filter((one) => one !== choice))
              }
            />
            <label class="govuk-label govuk-checkboxes__label" for={`${id}-${choice}`}>
              {text}
            </label>
          </div>
        ))}
      </div>
    </Group>
  )
}

export function Radios(
  props: ManyProps & { value: string; onInput: (value: string) => void; isInline?: boolean },
) {
  const { legend, choices, value, onInput, hint, isInline, isLegendHidden } = props
  const id = useId()
  return (
    <Group legend={legend} hint={hint} isLegendHidden={isLegendHidden}>
      <div class={`govuk-radios govuk-radios--small${isInline ? ' govuk-radios--inline' : ''}`}>
        {choices.map(([choice, text]) => (
          <div class="govuk-radios__item" key={choice}>
            <input
              class="govuk-radios__input"
              type="radio"
              name={id}
              id={`${id}-${choice}`}
              checked={value === choice}
              onChange={() => onInput(choice)}
            />
            <label class="govuk-label govuk-radios__label" for={`${id}-${choice}`}>
              {text}
            </label>
          </div>
        ))}
      </div>
    </Group>
  )
}

export function Tick({
  label,
  value,
  onInput,
}: {
  label: string
  value: boolean
  onInput: (value: boolean) => void
}) {
  const id = useId()
  return (
    <div class="govuk-checkboxes govuk-checkboxes--small govuk-form-group">
      <div class="govuk-checkboxes__item">
        <input
          class="govuk-checkboxes__input"
          type="checkbox"
          id={id}
          checked={value}
          onChange={(event) => onInput(event.currentTarget.checked)}
        />
        <label class="govuk-label govuk-checkboxes__label" for={id}>
          {label}
        </label>
      </div>
    </div>
  )
}

function Group(props: {
  legend: string
  hint?: string | undefined
  isLegendHidden?: boolean | undefined
  children: ComponentChildren
}) {
  return (
    <fieldset class="govuk-fieldset govuk-form-group">
      <legend class={`govuk-fieldset__legend${props.isLegendHidden ? ' govuk-visually-hidden' : ''}`}>
        {props.legend}
      </legend>
      {props.hint && <div class="govuk-hint">{props.hint}</div>}
      {props.children}
    </fieldset>
  )
}
