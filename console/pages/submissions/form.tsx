import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { Checks, choicesOf, Radios, SelectField, TextField, Tick, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Card } from '../../parts/small.tsx'
import { type Mark, Text } from '../../parts/text.tsx'
import { desk } from '../../state/api.ts'
import { useAct } from '../../state/loaded.ts'
import { namesOf, plain, words } from '../../state/words.ts'
import { draftOf, empty, type Values } from './draft.ts'
import { WarnedElsewhere } from './elsewhere.tsx'

type Check = components['schemas']['SubmissionCheck']

const { submissions: texts } = words

/** A professional shares what they know, sealed, instead of an e-mail. First it is looked at, then sent. */
export function ShareForm({ onSent, onClose }: { onSent: () => void; onClose: () => void }) {
  const form = useForm<Values>('submission', empty)
  const { values, set } = form
  const [checked, setChecked] = useState<Check | undefined>(undefined)
  const check = useAct(async () => {
    const { body } = await desk.post('/v1/partner/submissions/check', { body: draftOf(values) })
    setChecked(body)
  })
  const send = useAct(async () => {
    await desk.post('/v1/partner/submissions', { body: draftOf(values) })
    form.done(empty)
    onSent()
  })
  if (checked !== undefined) {
    const marks: Mark[] = checked.warnings
      .filter(({ pointer }) => pointer === '/narrative')
      .map(({ start, end, code }) => ({
        start,
        end,
        kind: 'warning',
        says: namesOf.warning[code] ?? plain(code),
      }))
    return (
      <Card title={texts.look}>
        <p>{checked.notice}</p>
        <Text text={values.narrative} marks={marks} />
        <WarnedElsewhere
          warnings={checked.warnings.filter(({ pointer }) => pointer !== '/narrative')}
          values={values}
        />
        {checked.warnings.length > 0 && <p class="s-clash">{texts.warned}</p>}
        {checked.signposts
          .filter(({ urgent }) => urgent)
          .map(({ code, label, phone }) => (
            <p class="s-phone" key={code}>
              {label} {phone}
            </p>
          ))}
        <Problem error={send.error} />
        <Button kind="main" isBusy={send.isBusy} onClick={() => void send.run()}>
          {texts.send}
        </Button>
        <Button onClick={() => setChecked(undefined)}>{words.edit}</Button>
      </Card>
    )
  }
  return (
    <Card title={texts.new}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void check.run()
        }}
      >
        <div class="s-phone" role="note">
          {texts.danger}
        </div>
        <Problem error={check.error} />
        <SelectField
          label={words.inbox.category}
          name="category"
          isRequired
          value={values.category}
          choices={choicesOf(namesOf.category, words.closing.choose)}
          onInput={(value) => set('category', value)}
        />
        <TextField
          label={texts.narrative}
          hint={texts.narrativeHint}
          name="narrative"
          rows={8}
          isRequired
          value={values.narrative}
          onInput={(value) => set('narrative', value)}
        />
        <div class="s-columns">
          <TextField
            label={texts.address}
            value={values.address}
            onInput={(value) => set('address', value)}
          />
          <TextField
            label={texts.postcode}
            value={values.postcode}
            onInput={(value) => set('postcode', value)}
          />
        </div>
        <Radios
          legend={words.report.raw.danger}
          isInline
          choices={choicesOf(words.yesNo)}
          value={values.immediateDanger}
          onInput={(value) => set('immediateDanger', value)}
        />
        <Checks
          legend={texts.risks}
          choices={choicesOf(texts.riskFlags)}
          values={values.riskFlags}
          onInput={(value) => set('riskFlags', value)}
        />
        <Radios
          legend={texts.basis}
          choices={choicesOf(texts.bases)}
          value={values.basis}
          onInput={(value) => set('basis', value)}
        />
        <Tick label={texts.protect} value={values.protect} onInput={(value) => set('protect', value)} />
        <TextField label={texts.note} rows={2} value={values.note} onInput={(value) => set('note', value)} />
        <TextField label={texts.contact} value={values.contact} onInput={(value) => set('contact', value)} />
        <Tick
          label={texts.colleagues}
          value={values.shareWithAgency}
          onInput={(value) => set('shareWithAgency', value)}
        />
        <Button kind="main" submits isBusy={check.isBusy}>
          {texts.goOn}
        </Button>
        <Button onClick={onClose}>{words.report.editor.back}</Button>
      </form>
    </Card>
  )
}
