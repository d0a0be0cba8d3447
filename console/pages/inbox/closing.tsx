import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { choicesOf, SelectField, TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { api } from '../../state/api.ts'
import { useAct } from '../../state/loaded.ts'
import { namesOf, plain, say, words } from '../../state/words.ts'
import { ticked } from './state.ts'

type Closure = components['schemas']['Closure']
type Reason = components['schemas']['CloseReason']

const { closing: texts } = words

/** Closes what is ticked, for one reason; another person confirms it. */
export function BulkClosing({ onDone }: { onDone: () => void }) {
  const [isOpen, setOpen] = useState(false)
  const [made, setMade] = useState<Closure | undefined>(undefined)
  const form = useForm('bulk-closing', { closeReason: '', rationale: '' })
  const { closeReason, rationale } = form.values
  const ids = [...ticked.value]
  const act = useAct(async () => {
    const { body } = await api.post('/v1/triage/reports/closures', {
      body: { ids, closeReason: closeReason as Reason, rationale },
    })
    form.done({ closeReason: '', rationale: '' })
    setMade(body)
  })
  function end() {
    setOpen(false)
    if (made === undefined) return
    setMade(undefined)
    ticked.value = new Set()
    onDone()
  }
  return (
    <div class="s-bar">
      <span>{say(texts.ticked, { count: ids.length })}</span>
      <Button kind="main" onClick={() => setOpen(true)}>
        {texts.open}
      </Button>
      <Button
        kind="quiet"
        onClick={() => {
          ticked.value = new Set()
        }}
      >
        {texts.none}
      </Button>
      {isOpen && (
        <Dialog title={texts.title} onClose={end}>
          {made !== undefined ? (
            <Made closure={made} />
          ) : (
            <form
              onSubmit={(event) => {
                event.preventDefault()
                void act.run()
              }}
            >
              <p>{texts.about}</p>
              <Problem error={act.error} />
              <SelectField
                label={texts.reason}
                isRequired
                value={closeReason}
                choices={choicesOf(namesOf.closeReason, texts.choose)}
                onInput={(value) => form.set('closeReason', value)}
              />
              <TextField
                label={texts.rationale}
                isRequired
                rows={4}
                value={rationale}
                onInput={(value) => form.set('rationale', value)}
              />
              <Button kind="main" submits isBusy={act.isBusy}>
                {say(texts.send, { count: ids.length })}
              </Button>
            </form>
          )}
        </Dialog>
      )}
    </div>
  )
}

function Made({ closure }: { closure: Closure }) {
  const refused = closure.reports.filter(({ status }) => status === 'refused')
  return (
    <>
      <p role="status">{say(texts.made, { count: closure.reports.length - refused.length })}</p>
      {refused.length > 0 && (
        <>
          <p>{say(texts.refused, { count: refused.length })}</p>
          <ul>
            {refused.map(({ id, code }) => (
              <li key={id}>
                <code>{id.slice(0, 8)}</code> {code === undefined ? '' : plain(code)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
