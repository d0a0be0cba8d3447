import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Facts } from '../../parts/small.tsx'
import { useAct } from '../../state/loaded.ts'
import { plain, words } from '../../state/words.ts'
import { type Case, change, type Patch } from './state.ts'

const { clash: texts } = words

/** Two people changed the same field: what it was, what it is, and what is wanted here. One decides, field by field. */
export function ClashDialog({ of }: { of: Case }) {
  const clash = of.clashes.value
  const put = useAct(async () => {
    if (clash !== undefined) await change(of, clash.patch)
  })
  const leave = useAct(async () => {
    if (clash === undefined) return
    const theirs = new Set(clash.list.map(({ field }) => field))
    const rest: Patch = Object.fromEntries(
      Object.entries(clash.patch).filter(([field]) => !theirs.has(field)),
    )
    of.clashes.value = undefined
    if (Object.keys(rest).some((field) => field !== 'reason')) await change(of, rest)
  })
  if (clash === undefined) return null
  const close = () => {
    of.clashes.value = undefined
  }
  return (
    <Dialog title={texts.title} onClose={close}>
      <p>{texts.about}</p>
      <Problem error={put.error ?? leave.error} />
      {clash.list.map(({ field, was, is, wanted }) => (
        <div class="s-thing" key={field}>
          <h3 class="govuk-heading-s">{plain(field)}</h3>
          <Facts
            rows={[
              [texts.was, shown(was)],
              [texts.theirs, shown(is)],
              [texts.mine, shown(wanted)],
            ]}
          />
        </div>
      ))}
      <Button kind="main" isBusy={put.isBusy} onClick={() => void put.run()}>
        {texts.putMine}
      </Button>{' '}
      <Button isBusy={leave.isBusy} onClick={() => void leave.run()}>
        {texts.keepTheirs}
      </Button>
    </Dialog>
  )
}

function shown(value: unknown): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return '–'
  if (typeof value === 'boolean') return words.yesNo[value ? 'yes' : 'no']
  if (typeof value === 'string') return plain(value)
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
    ? value.map(plain).join(', ')
    : JSON.stringify(value)
}
