import { useAct } from '../state/loaded.ts'
import { words } from '../state/words.ts'
import { Button } from './button.tsx'
import { TextField, useForm } from './form.tsx'
import { Problem } from './problem.tsx'

const { decision: texts } = words.report

/** Yes or no of a second person; of one's own work it says why not. */
export function SecondPerson(props: {
  /** Names the draft of the reason. */
  of: string
  isOwn: boolean
  decide: (approved: boolean, reason: { reason?: string }) => Promise<unknown>
  onDone: () => void
  yes?: string
  no?: string
}) {
  const { of, isOwn, decide, onDone, yes = texts.approve, no = texts.refuse } = props
  const form = useForm(of, { reason: '' })
  const { reason } = form.values
  const act = useAct(async (approved: boolean) => {
    await decide(approved, reason === '' ? {} : { reason })
    form.done({ reason: '' })
    onDone()
  })
  return (
    <div class="s-decision">
      <Problem error={act.error} />
      {!isOwn && (
        <TextField label={texts.reason} value={reason} onInput={(value) => form.set('reason', value)} />
      )}
      <Button
        kind="main"
        isBusy={act.isBusy}
        whyNot={isOwn ? texts.own : undefined}
        onClick={() => void act.run(true)}
      >
        {yes}
      </Button>
      {!isOwn && (
        <Button kind="warning" isBusy={act.isBusy} onClick={() => void act.run(false)}>
          {no}
        </Button>
      )}
    </div>
  )
}
