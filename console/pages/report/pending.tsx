import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Card } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useAct } from '../../state/loaded.ts'
import { useStaff } from '../../state/people.ts'
import { may, me } from '../../state/session.ts'
import { dayOf, namesOf, plain, words } from '../../state/words.ts'
import { type Case, change, consult, fieldOf, type Opened, type Patch } from './state.ts'

type Pending = components['schemas']['PendingChange']

const { pending: texts } = words.report

/** What one supervisor began and another must confirm. */
export function PendingList({ of, opened, leave }: { of: Case; opened: Opened; leave: () => void }) {
  if (opened.pending.length === 0) return null
  return (
    <Card title={texts.title}>
      {opened.pending.map((one) => (
        <Waiting key={one.field} of={of} opened={opened} pending={one} leave={leave} />
      ))}
    </Card>
  )
}

function Waiting(props: { of: Case; opened: Opened; pending: Pending; leave: () => void }) {
  const { of, opened, pending, leave } = props
  const { field, value, by, on, closure } = pending
  const staff = useStaff()
  const form = useForm(`pending ${of.id} ${field}`, { reason: '' })
  const { reason } = form.values
  const confirm = useAct(async () => {
    if (closure !== undefined) {
      await api.post('/v1/triage/reports/closures/{closureId}/approval', {
        path: { closureId: closure },
        body: { approved: true },
      })
      return consult(of, texts.afterClosure)
    }
    if ((await change(of, patchOf(field, value, reason))) === 'gone') leave()
    form.done({ reason: '' })
  })
  const withdraw = useAct(async () => {
    if (closure !== undefined) {
      await api.post('/v1/triage/reports/closures/{closureId}/approval', {
        path: { closureId: closure },
        body: { approved: false, reason },
      })
      return consult(of, texts.afterClosure)
    }
    await change(of, patchOf(field, fieldOf(opened, field), reason))
    form.done({ reason: '' })
  })
  const isOwn = by.id === me.value?.id
  const maySettle = may('guards.loosen')
  return (
    <div class="s-thing" data-pending={field}>
      <p>
        <strong>{namesOf.pendingField[field]}</strong> → {shown(value, staff)}
      </p>
      <p class="s-byline">
        {by.name}, {dayOf(on)}
      </p>
      <Problem error={confirm.error ?? withdraw.error} />
      {maySettle && (
        <>
          <TextField label={words.reason} value={reason} onInput={(text) => form.set('reason', text)} />
          <Button
            kind="main"
            isBusy={confirm.isBusy}
            whyNot={isOwn ? texts.own : undefined}
            onClick={() => void confirm.run()}
          >
            {texts.confirm}
          </Button>{' '}
          <Button isBusy={withdraw.isBusy} onClick={() => void withdraw.run()}>
            {texts.withdraw}
          </Button>
        </>
      )}
      {!maySettle && <p class="s-why">{texts.forSupervisors}</p>}
    </div>
  )
}

function patchOf(field: string, value: unknown, reason: string): Patch {
  return { [field]: value, ...(reason === '' ? {} : { reason }) }
}

function shown(value: Pending['value'], staff: readonly { id: string; name: string }[]): string {
  if (value === null) return texts.nothing
  if (typeof value === 'boolean') return words.yesNo[value ? 'yes' : 'no']
  const nameOf = (one: string) => staff.find(({ id }) => id === one)?.name ?? plain(one)
  return typeof value === 'string' ? nameOf(value) : value.map(nameOf).join(', ') || texts.nothing
}
