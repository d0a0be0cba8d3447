import { mayDo } from '../../../src/auth/permissions.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Checks, TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { api } from '../../state/api.ts'
import { useAct } from '../../state/loaded.ts'
import { useStaff } from '../../state/people.ts'
import { dayOf, namesOf, words } from '../../state/words.ts'
import type { Stub } from './state.ts'

const { stub: texts } = words

/** A restricted report that names nobody: a supervisor says who may see it. */
export function StubDialog({
  stub,
  onClose,
  onDone,
}: {
  stub: Stub
  onClose: () => void
  onDone: () => void
}) {
  const staff = useStaff()
  const form = useForm(`stub ${stub.id}`, { people: [] as string[], reason: '' })
  const { people, reason } = form.values
  const act = useAct(async () => {
    await api.patch('/v1/triage/reports/{id}', {
      path: { id: stub.id },
      ifMatch: `"${stub.version}"`,
      body: { restrictedTo: people, reason },
    })
    form.done({ people: [], reason: '' })
    onDone()
  })
  const waits = stub.pending?.find(({ field }) => field === 'restrictedTo')
  const nameOf = (id: string) => staff.find((one) => one.id === id)?.name ?? id.slice(0, 8)
  return (
    <Dialog title={texts.title} onClose={onClose}>
      <p>
        {namesOf.category[stub.category]}, {dayOf(stub.receivedOn)}
      </p>
      <p>{texts.about}</p>
      {waits !== undefined && Array.isArray(waits.value) && (
        <p class="s-inset">
          {waits.by.name}: {waits.value.map(nameOf).join(', ')}. {texts.waits}{' '}
          <Button
            kind="quiet"
            onClick={() => form.set('people', Array.isArray(waits.value) ? [...waits.value] : [])}
          >
            {texts.same}
          </Button>
        </p>
      )}
      <Problem error={act.error} />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void act.run()
        }}
      >
        <Checks
          legend={texts.who}
          hint={texts.whoHint}
          choices={staff
            .filter(({ role }) => mayDo(role, 'reports.work'))
            .map(({ id, name, role }) => [id, `${name} (${namesOf.role[role]})`] as const)}
          values={people}
          onInput={(value) => form.set('people', value)}
        />
        <TextField
          label={words.reason}
          isRequired
          rows={3}
          value={reason}
          onInput={(value) => form.set('reason', value)}
        />
        <Button kind="main" submits isBusy={act.isBusy} whyNot={people.length < 2 ? texts.two : undefined}>
          {texts.name}
        </Button>
      </form>
    </Dialog>
  )
}
