import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { choicesOf, SelectField, TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { agencyName, Card, Facts } from '../../parts/small.tsx'
import { useAct } from '../../state/loaded.ts'
import { useAgencies } from '../../state/people.ts'
import { me } from '../../state/session.ts'
import { dayOf, namesOf, plain, say, words } from '../../state/words.ts'
import { DetailsDialog } from './details.tsx'
import { PendingList } from './pending.tsx'
import { Records } from './records.tsx'
import { type Case, change, type Opened } from './state.ts'
import { SubmitterCard } from './submitter.tsx'
import type { WorkProps } from './workProps.ts'

type Schemas = components['schemas']
type Move = Schemas['Move']

const { overview: texts } = words.report

/** Where it stands, where it may go, and who has it. */
export function Overview({ of, opened, leave, show }: WorkProps) {
  const agencies = useAgencies()
  const [isEditing, setEditing] = useState(false)
  const assign = useAct(async () => {
    const id = me.value?.id
    if (id !== undefined) await change(of, { assignee: id })
  })
  return (
    <>
      <PendingList of={of} opened={opened} leave={leave} />
      <Card title={texts.next}>
        <Moves of={of} moves={opened.moves} show={show} />
      </Card>
      <Card
        title={texts.details}
        aside={
          <>
            {opened.assignee?.id !== me.value?.id && (
              <Button isBusy={assign.isBusy} onClick={() => void assign.run()}>
                {texts.take}
              </Button>
            )}
            <Button onClick={() => setEditing(true)}>{texts.change}</Button>
          </>
        }
      >
        <Problem error={assign.error} />
        <Facts
          rows={[
            [texts.assignee, opened.assignee?.name ?? words.inbox.nobody],
            [texts.lead, agencyName(agencies, opened.leadAgency)],
            [texts.support, opened.supportAgencies.map((slug) => agencyName(agencies, slug)).join(', ')],
            [texts.attentionBy, opened.attentionBy && dayOf(opened.attentionBy)],
            [texts.deconfliction, namesOf.deconfliction[opened.deconfliction]],
            [texts.reviewGroup, namesOf.reviewGroup[opened.reviewGroup]],
            [texts.conflict, opened.conflictOfInterest.map((slug) => agencyName(agencies, slug)).join(', ')],
            [texts.restrictedTo, opened.restrictedTo.map(({ name }) => name).join(', ')],
            [texts.proceedings, opened.proceedingsKnown ? words.yesNo.yes : undefined],
            [texts.closeReason, opened.closeReason && namesOf.closeReason[opened.closeReason]],
            [texts.purgeNotBefore, opened.purgeNotBefore && dayOf(opened.purgeNotBefore)],
          ]}
        />
        {isEditing && (
          <DetailsDialog of={of} opened={opened} onClose={() => setEditing(false)} leave={leave} />
        )}
      </Card>
      <SubmitterCard id={of.id} opened={opened} />
      <Proposals opened={opened} />
      <Records of={of} opened={opened} />
    </>
  )
}

function Moves({ of, moves, show }: { of: Case; moves: readonly Move[]; show: (name: string) => void }) {
  const [isClosing, setClosing] = useState(false)
  const act = useAct(async (to: Schemas['ReportStatus']) => {
    await change(of, { status: to })
  })
  const asksFor: readonly string[] = ['close-reason', 'rationale']
  return (
    <>
      <Problem error={act.error} />
      {moves.length === 0 && <p>{texts.noMoves}</p>}
      <div class="s-moves">
        {moves.map(({ to, allowed, missing }) => {
          const lacks = missing.filter((one) => !asksFor.includes(one))
          const whyNot =
            lacks.length > 0
              ? say(texts.lacks, { what: lacks.map((one) => namesOf.missing[one]).join(', ') })
              : undefined
          return (
            <div class="s-move" key={to} data-move={to}>
              <Button
                kind={allowed ? 'main' : 'usual'}
                isBusy={act.isBusy}
                whyNot={whyNot}
                onClick={() => (to === 'closed' ? setClosing(true) : void act.run(to))}
              >
                {texts.moves[to]}
              </Button>
              {lacks.includes('assessed') && (
                <button type="button" class="s-quiet" onClick={() => show('assessment')}>
                  {texts.toAssessment}
                </button>
              )}
              {lacks.includes('approved-item') && (
                <button type="button" class="s-quiet" onClick={() => show('items')}>
                  {texts.toItems}
                </button>
              )}
            </div>
          )
        })}
      </div>
      {isClosing && <CloseDialog of={of} onClose={() => setClosing(false)} />}
    </>
  )
}

function CloseDialog({ of, onClose }: { of: Case; onClose: () => void }) {
  const form = useForm(`close ${of.id}`, { closeReason: '', reason: '' })
  const { closeReason, reason } = form.values
  const act = useAct(async () => {
    const done = await change(of, {
      status: 'closed',
      ...(closeReason === '' ? {} : { closeReason: closeReason as Schemas['CloseReason'] }),
      ...(reason === '' ? {} : { reason }),
    })
    if (done === 'kept') form.done({ closeReason: '', reason: '' })
    onClose()
  })
  return (
    <Dialog title={texts.closeTitle} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void act.run()
        }}
      >
        <p>{texts.closeAbout}</p>
        <Problem error={act.error} />
        <SelectField
          label={words.closing.reason}
          name="closeReason"
          value={closeReason}
          choices={choicesOf(namesOf.closeReason, words.closing.choose)}
          onInput={(value) => form.set('closeReason', value)}
        />
        <TextField
          label={words.closing.rationale}
          name="reason"
          rows={4}
          value={reason}
          onInput={(value) => form.set('reason', value)}
        />
        <Button kind="main" submits isBusy={act.isBusy}>
          {texts.moves.closed}
        </Button>
      </form>
    </Dialog>
  )
}

function Proposals({ opened: { proposals } }: { opened: Opened }) {
  if (proposals.length === 0) return null
  return (
    <Card title={texts.proposals}>
      <p class="s-about">{texts.proposalsAbout}</p>
      <ul class="s-plainlist">
        {proposals.map(({ field, value, reason }) => (
          <li key={field}>
            <strong>{plain(spaced(field))}</strong>: {shown(value)} <span class="s-faint">{reason}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function spaced(name: string): string {
  return name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
}

function shown(value: Schemas['Proposal']['value']): string {
  if (typeof value === 'boolean') return words.yesNo[value ? 'yes' : 'no']
  return typeof value === 'string' ? plain(value) : value.map(plain).join(', ')
}
