import { mayDo } from '../../../src/auth/permissions.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Checks, choicesOf, SelectField, TextField, Tick, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { useAct } from '../../state/loaded.ts'
import { isSame } from '../../state/merge.ts'
import { useAgencies, useStaff } from '../../state/people.ts'
import { may } from '../../state/session.ts'
import { namesOf, words } from '../../state/words.ts'
import { type Case, change, fieldOf, type Opened, type Patch } from './state.ts'

const { overview: texts } = words.report

interface Values extends Record<string, string | boolean | string[]> {
  priority: string
  category: string
  assignee: string
  leadAgency: string
  supportAgencies: string[]
  attentionBy: string
  deconfliction: string
  reviewGroup: string
  conflictOfInterest: string[]
  restricted: boolean
  restrictedTo: string[]
  legalHold: boolean
  suspectedMalicious: boolean
  proceedingsKnown: boolean
  reason: string
}

function valuesOf(opened: Opened): Values {
  return {
    priority: opened.priority,
    category: opened.category,
    assignee: opened.assignee?.id ?? '',
    leadAgency: opened.leadAgency,
    supportAgencies: opened.supportAgencies,
    attentionBy: opened.attentionBy ?? '',
    deconfliction: opened.deconfliction,
    reviewGroup: String(opened.reviewGroup),
    conflictOfInterest: opened.conflictOfInterest,
    restricted: opened.flags.includes('restricted'),
    restrictedTo: opened.restrictedTo.map(({ id }) => id),
    legalHold: opened.flags.includes('legalHold'),
    suspectedMalicious: opened.flags.includes('suspectedMalicious'),
    proceedingsKnown: opened.proceedingsKnown,
    reason: '',
  }
}

/** Only what was changed here is sent, so that two people who change different things do not meet. */
function patchOf(opened: Opened, values: Values): Patch {
  const group = ['1', '2', '3', '4'].includes(values.reviewGroup)
    ? Number(values.reviewGroup)
    : values.reviewGroup
  const wanted: Record<string, unknown> = {
    ...values,
    assignee: values.assignee || null,
    attentionBy: values.attentionBy || null,
    reviewGroup: group,
  }
  const fields = Object.entries(wanted).filter(
    ([field, value]) => field !== 'reason' && !isSame(value, fieldOf(opened, field)),
  )
  return Object.fromEntries([...fields, ...(values.reason === '' ? [] : [['reason', values.reason]])])
}

export function DetailsDialog(props: { of: Case; opened: Opened; onClose: () => void; leave: () => void }) {
  const { of, opened, onClose, leave } = props
  const form = useForm<Values>(`details ${of.id} ${opened.version}`, valuesOf(opened))
  const { values, set } = form
  const agencies = useAgencies()
  const staff = useStaff().filter(({ role }) => mayDo(role, 'reports.work'))
  const isSupervisor = may('guards.loosen')
  const act = useAct(async () => {
    const patch = patchOf(opened, values)
    if (Object.keys(patch).filter((field) => field !== 'reason').length > 0) {
      const done = await change(of, patch)
      if (done === 'gone') return leave()
    }
    form.done()
    onClose()
  })
  const agencyChoices = agencies
    .filter(({ retired }) => !retired)
    .map(({ slug, name }) => [slug, name] as const)
  const people = staff.map(({ id, name }) => [id, name] as const)
  return (
    <Dialog title={texts.changeTitle} onClose={onClose} isWide>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void act.run()
        }}
      >
        <Problem error={act.error} />
        <div class="s-columns">
          <SelectField
            label={words.inbox.priority}
            name="priority"
            value={values.priority}
            choices={choicesOf(namesOf.priority)}
            onInput={(value) => set('priority', value)}
          />
          <SelectField
            label={words.inbox.category}
            name="category"
            value={values.category}
            choices={choicesOf(namesOf.category)}
            onInput={(value) => set('category', value)}
          />
          <SelectField
            label={texts.assignee}
            name="assignee"
            value={values.assignee}
            choices={[['', words.inbox.nobody], ...people]}
            onInput={(value) => set('assignee', value)}
          />
          <SelectField
            label={texts.lead}
            name="leadAgency"
            value={values.leadAgency}
            choices={agencyChoices}
            onInput={(value) => set('leadAgency', value)}
          />
          <TextField
            label={texts.attentionBy}
            name="attentionBy"
            type="date"
            value={values.attentionBy}
            onInput={(value) => set('attentionBy', value)}
          />
          <SelectField
            label={texts.deconfliction}
            name="deconfliction"
            value={values.deconfliction}
            choices={choicesOf(namesOf.deconfliction)}
            onInput={(value) => set('deconfliction', value)}
          />
          <SelectField
            label={texts.reviewGroup}
            name="reviewGroup"
            value={values.reviewGroup}
            choices={choicesOf(namesOf.reviewGroup)}
            onInput={(value) => set('reviewGroup', value)}
          />
        </div>
        <Checks
          legend={texts.support}
          choices={agencyChoices}
          values={values.supportAgencies}
          onInput={(value) => set('supportAgencies', value)}
        />
        <h3 class="govuk-heading-s">{texts.guarded}</h3>
        <p class="s-about">{texts.guardedAbout}</p>
        <Tick
          label={namesOf.flag.legalHold}
          value={values.legalHold}
          onInput={(value) => set('legalHold', value)}
        />
        <Tick
          label={texts.proceedings}
          value={values.proceedingsKnown}
          onInput={(value) => set('proceedingsKnown', value)}
        />
        <Tick
          label={texts.restrict}
          value={values.restricted}
          onInput={(value) => set('restricted', value)}
        />
        {isSupervisor && (
          <>
            <Tick
              label={namesOf.flag.suspectedMalicious}
              value={values.suspectedMalicious}
              onInput={(value) => set('suspectedMalicious', value)}
            />
            <Checks
              legend={texts.restrictedTo}
              choices={people}
              values={values.restrictedTo}
              onInput={(value) => set('restrictedTo', value)}
            />
            <Checks
              legend={texts.conflict}
              hint={texts.conflictHint}
              choices={agencyChoices}
              values={values.conflictOfInterest}
              onInput={(value) => set('conflictOfInterest', value)}
            />
          </>
        )}
        <TextField
          label={words.reason}
          hint={texts.reasonHint}
          name="reason"
          rows={2}
          value={values.reason}
          onInput={(value) => set('reason', value)}
        />
        <Button kind="main" submits isBusy={act.isBusy}>
          {words.save}
        </Button>
      </form>
    </Dialog>
  )
}
