import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { choicesOf, SelectField, TextField, Tick, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Badge, Card, Nothing } from '../../parts/small.tsx'
import { useAct } from '../../state/loaded.ts'
import { dayOf, say, words } from '../../state/words.ts'
import { type Case, change, type Opened } from './state.ts'

type Schemas = components['schemas']
type Referral = Schemas['Referral']
type Disclosure = Schemas['DisclosureRequest']

const { records: texts } = words.report

/** What the law expects beside the work itself: referrals, and requests to disclose. */
export function Records({ of, opened }: { of: Case; opened: Opened }) {
  const [referral, setReferral] = useState<number | undefined>(undefined)
  const [request, setRequest] = useState<number | undefined>(undefined)
  const { referrals, disclosureRequests } = opened
  return (
    <>
      <Card
        title={texts.referrals}
        aside={<Button onClick={() => setReferral(referrals.length)}>{texts.addReferral}</Button>}
      >
        {referrals.length === 0 && <Nothing>{texts.noReferrals}</Nothing>}
        <ul class="s-plainlist">
          {referrals.map((one, index) => (
            <li key={index}>
              <strong>{texts.referralKinds[one.kind]}</strong> {one.owner},{' '}
              {say(texts.dueOn, { day: dayOf(one.due) })}{' '}
              {one.sent === undefined ? (
                <Badge tone="amber">{texts.notSent}</Badge>
              ) : (
                <Badge tone="green">{say(texts.sentOn, { day: dayOf(one.sent) })}</Badge>
              )}{' '}
              <button type="button" class="s-quiet" onClick={() => setReferral(index)}>
                {words.edit}
              </button>
            </li>
          ))}
        </ul>
      </Card>
      <Card
        title={texts.requests}
        aside={<Button onClick={() => setRequest(disclosureRequests.length)}>{texts.addRequest}</Button>}
      >
        {disclosureRequests.length === 0 && <Nothing>{texts.noRequests}</Nothing>}
        <ul class="s-plainlist">
          {disclosureRequests.map((one, index) => (
            <li key={index}>
              <strong>{texts.requestKinds[one.kind]}</strong> {one.subject},{' '}
              {say(texts.dueOn, { day: dayOf(one.due) })}{' '}
              {one.outcome !== undefined && <Badge tone="green">{texts.answered}</Badge>}{' '}
              <button type="button" class="s-quiet" onClick={() => setRequest(index)}>
                {words.edit}
              </button>
            </li>
          ))}
        </ul>
      </Card>
      {referral !== undefined && (
        <ReferralDialog of={of} all={referrals} index={referral} onClose={() => setReferral(undefined)} />
      )}
      {request !== undefined && (
        <RequestDialog
          of={of}
          all={disclosureRequests}
          index={request}
          onClose={() => setRequest(undefined)}
        />
      )}
    </>
  )
}

interface Editing<T> {
  of: Case
  all: readonly T[]
  index: number
  onClose: () => void
}

function ReferralDialog({ of, all, index, onClose }: Editing<Referral>) {
  const given = all[index]
  const form = useForm(`referral ${of.id} ${index}`, {
    kind: given?.kind ?? 'children-social-care',
    owner: given?.owner ?? '',
    due: given?.due ?? new Date().toISOString().slice(0, 10),
    sent: given?.sent ?? '',
    reference: given?.reference ?? '',
    reasonNotSent: given?.reasonNotSent ?? '',
  })
  const { values, set } = form
  const act = useAct(async () => {
    const { kind, owner, due, ...optional } = values
    const made: Referral = { kind: kind as Referral['kind'], owner, due, ...filledIn(optional) }
    await change(of, { referrals: all.toSpliced(index, 1, made) })
    form.done()
    onClose()
  })
  return (
    <Dialog title={texts.referral} onClose={onClose}>
      <form onSubmit={submits(act.run)}>
        <Problem error={act.error} />
        <SelectField
          label={texts.to}
          value={values.kind}
          choices={choicesOf(texts.referralKinds)}
          onInput={(value) => set('kind', value as Referral['kind'])}
        />
        <TextField
          label={texts.owner}
          isRequired
          value={values.owner}
          onInput={(value) => set('owner', value)}
        />
        <TextField
          label={texts.due}
          type="date"
          isRequired
          value={values.due}
          onInput={(value) => set('due', value)}
        />
        <TextField
          label={texts.sent}
          type="date"
          value={values.sent}
          onInput={(value) => set('sent', value)}
        />
        <TextField
          label={texts.reference}
          value={values.reference}
          onInput={(value) => set('reference', value)}
        />
        <TextField
          label={texts.reasonNotSent}
          rows={2}
          value={values.reasonNotSent}
          onInput={(value) => set('reasonNotSent', value)}
        />
        <Button kind="main" submits isBusy={act.isBusy}>
          {words.save}
        </Button>
      </form>
    </Dialog>
  )
}

function RequestDialog({ of, all, index, onClose }: Editing<Disclosure>) {
  const given = all[index]
  const form = useForm(`request ${of.id} ${index}`, {
    kind: given?.kind ?? 'subject-access',
    subject: given?.subject ?? '',
    due: given?.due ?? '',
    neitherConfirmNorDeny: given?.neitherConfirmNorDeny ?? true,
    publicInterestImmunity: given?.publicInterestImmunity ?? false,
    outcome: given?.outcome ?? '',
    redactedCopy: given?.redactedCopy ?? '',
  })
  const { values, set } = form
  const act = useAct(async () => {
    const { kind, outcome, redactedCopy, ...rest } = values
    const made: Disclosure = {
      ...rest,
      kind: kind as Disclosure['kind'],
      ...filledIn({ outcome, redactedCopy }),
    }
    await change(of, { disclosureRequests: all.toSpliced(index, 1, made) })
    form.done()
    onClose()
  })
  return (
    <Dialog title={texts.request} onClose={onClose} isWide>
      <form onSubmit={submits(act.run)}>
        <Problem error={act.error} />
        <SelectField
          label={texts.kind}
          value={values.kind}
          choices={choicesOf(texts.requestKinds)}
          onInput={(value) => set('kind', value as Disclosure['kind'])}
        />
        <TextField
          label={texts.subject}
          isRequired
          value={values.subject}
          onInput={(value) => set('subject', value)}
        />
        <TextField
          label={texts.due}
          type="date"
          isRequired
          value={values.due}
          onInput={(value) => set('due', value)}
        />
        <Tick
          label={texts.neither}
          value={values.neitherConfirmNorDeny}
          onInput={(value) => set('neitherConfirmNorDeny', value)}
        />
        <Tick
          label={texts.immunity}
          value={values.publicInterestImmunity}
          onInput={(value) => set('publicInterestImmunity', value)}
        />
        <TextField
          label={texts.outcome}
          rows={3}
          value={values.outcome}
          onInput={(value) => set('outcome', value)}
        />
        <TextField
          label={texts.redacted}
          rows={6}
          value={values.redactedCopy}
          onInput={(value) => set('redactedCopy', value)}
        />
        <Button kind="main" submits isBusy={act.isBusy}>
          {words.save}
        </Button>
      </form>
    </Dialog>
  )
}

/** What was filled in: the contract has no empty texts. */
function filledIn<T extends Record<string, string>>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) as Partial<T>
}

function submits(run: () => Promise<void>) {
  return (event: Event) => {
    event.preventDefault()
    void run()
  }
}
