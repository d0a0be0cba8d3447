import { useState } from 'preact/hooks'
import { type components, isSottoError } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { Clashing } from '../../parts/clashing.tsx'
import { TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Card, Shown } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { isTouched } from '../../state/drafts.ts'
import { type Loaded, useAct, useLoaded } from '../../state/loaded.ts'
import { merge } from '../../state/merge.ts'
import { say, words } from '../../state/words.ts'

type Assessment = components['schemas']['Assessment']

const { assessment: texts } = words.report
const names = [
  'threat',
  'harm',
  'likelihood',
  'immediacy',
  'vulnerability',
  'reprisalRisk',
  'gaps',
  'decision',
  'rationale',
] as const
type Values = Record<(typeof names)[number], string>

function valuesOf(assessment: Assessment): Values {
  return Object.fromEntries(names.map((name) => [name, assessment[name]])) as Values
}

/** How it is weighed. There before grading, and before closing. */
export function AssessmentPart({ id, onSaved }: { id: string; onSaved: (saved: Assessment) => void }) {
  const loaded = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/reports/{id}/assessment', { path: { id } })
    return body
  }, [id])
  return (
    <Card title={texts.title}>
      <Shown of={loaded}>
        {(assessment) => <AssessmentForm id={id} base={assessment} loaded={loaded} onSaved={onSaved} />}
      </Shown>
    </Card>
  )
}

function AssessmentForm(props: {
  id: string
  base: Assessment
  loaded: Loaded<Assessment>
  onSaved: (saved: Assessment) => void
}) {
  const { id, base, loaded, onSaved } = props
  const draft = `assessment ${id}`
  const form = useForm<Values>(draft, valuesOf(base))
  // A draft that was left and nobody typed into is as new as what was read.
  const values = isTouched(draft) ? form.values : valuesOf(base)
  const [clashes, setClashes] = useState<Partial<Values>>({})
  const [isSaved, setSaved] = useState(false)
  const save = useAct(async () => {
    setSaved(false)
    const path = { id }
    try {
      const { body } = await api.put('/v1/triage/reports/{id}/assessment', {
        path,
        ifMatch: `"${base.version}"`,
        body: values,
      })
      form.done(valuesOf(body))
      setClashes({})
      setSaved(true)
      loaded.put(body)
      onSaved(body)
    } catch (error) {
      if (!isSottoError(error, 'precondition-failed')) throw error
      const { body } = await api.get('/v1/triage/reports/{id}/assessment', { path })
      const merged = merge(valuesOf(base), valuesOf(body), values)
      form.fill(merged.values)
      setClashes(merged.clashes)
      loaded.put(body)
      throw error
    }
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save.run()
      }}
    >
      {base.author !== null && <p class="s-about">{say(texts.by, { name: base.author.name })}</p>}
      <Problem error={save.error} />
      {names.map((name) => (
        <TextField
          key={name}
          name={name}
          label={texts.fields[name]}
          hint={texts.hints[name]}
          rows={name === 'rationale' || name === 'decision' ? 4 : 2}
          value={values[name]}
          onInput={(value) => {
            if (!isTouched(draft)) form.fill({ ...values, [name]: value })
            else form.set(name, value)
            setSaved(false)
          }}
        >
          <Clashing
            theirs={clashes[name]}
            onTake={() => {
              form.set(name, clashes[name] ?? '')
              setClashes({ ...clashes, [name]: undefined } as Partial<Values>)
            }}
            onKeep={() => setClashes({ ...clashes, [name]: undefined } as Partial<Values>)}
          />
        </TextField>
      ))}
      <Button kind="main" submits isBusy={save.isBusy}>
        {texts.save}
      </Button>
      {isSaved && <span role="status"> {words.saved}</span>}
    </form>
  )
}
