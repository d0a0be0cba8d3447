import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { Checks, choicesOf, Radios, SelectField, TextField, Tick, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Card, Shown } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import type { Fields } from '../../state/drafts.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { useAgencies } from '../../state/people.ts'
import { may } from '../../state/session.ts'
import { namesOf, say, words } from '../../state/words.ts'
import type { Item } from './itemDraft.ts'
import type { Opened } from './state.ts'

type Schemas = components['schemas']

const { sending: texts } = words.report
/** Whom somebody in danger needs, and whom nothing keeps waiting. */
const responders = ['law-enforcement', 'safeguarding']

interface Values extends Fields {
  agency: string
  items: string[]
  gateway: string
  basis: string
  purpose: string
  necessity: string
  proportionality: string
  leadOrInformation: string
  due: string
  tellReporter: boolean
  urgent: boolean
  reason: string
}

export function SendForm(props: { id: string; opened: Opened; onClose: () => void; onSent: () => void }) {
  const { id, opened, onClose, onSent } = props
  const isFree = may('disseminations.send-any')
  const items = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/reports/{id}/items', { path: { id }, query: { limit: 200 } })
    return body.items
  }, [id])
  const agencies = useAgencies().filter(({ retired }) => !retired)
  const form = useForm<Values>(`send ${id}`, {
    agency: opened.leadAgency,
    items: [],
    gateway: 'cda-1998-s115',
    basis: 'dpa-part-3',
    purpose: '',
    necessity: '',
    proportionality: '',
    leadOrInformation: 'lead',
    due: '',
    tellReporter: false,
    urgent: !isFree,
    reason: '',
  })
  const { values, set } = form
  const act = useAct(async () => {
    await api.post('/v1/triage/reports/{id}/disseminations', { path: { id }, body: bodyOf(values) })
    form.done()
    onSent()
  })
  const reachable = agencies.filter(
    ({ slug }) => !opened.conflictOfInterest.includes(slug) && (!values.urgent || responders.includes(slug)),
  )
  return (
    <Card title={values.urgent ? texts.urgentTitle : texts.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void act.run()
        }}
      >
        {isFree && (
          <Tick label={texts.urgent} value={values.urgent} onInput={(value) => set('urgent', value)} />
        )}
        {values.urgent && (
          <div class="s-phone" role="note">
            <strong>{texts.phone}</strong> {texts.phoneMore}
          </div>
        )}
        <Problem error={act.error} />
        <SelectField
          label={texts.agency}
          name="agency"
          isRequired
          value={values.agency}
          choices={[['', texts.choose], ...reachable.map(({ slug, name }) => [slug, name] as const)]}
          onInput={(value) => set('agency', value)}
        />
        {values.urgent && !isTimeCritical(opened) && <p class="s-clash">{texts.notCritical}</p>}
        {needsClearance(opened, values.agency) && <p class="s-clash">{texts.notClear}</p>}
        <Shown of={items}>
          {(all) => (
            <Checks
              legend={texts.items}
              choices={sendable(all, values.urgent)}
              values={values.items}
              onInput={(value) => set('items', value)}
            />
          )}
        </Shown>
        <SelectField
          label={texts.gateway}
          hint={texts.gatewayHint}
          value={values.gateway}
          choices={choicesOf(namesOf.gateway)}
          onInput={(value) => set('gateway', value)}
        />
        <SelectField
          label={texts.basis}
          hint={texts.basisHint}
          value={values.basis}
          choices={choicesOf(namesOf.basis)}
          onInput={(value) => set('basis', value)}
        />
        <TextField
          label={texts.purpose}
          hint={texts.purposeHint}
          name="purpose"
          rows={2}
          isRequired
          value={values.purpose}
          onInput={(value) => set('purpose', value)}
        />
        <TextField
          label={texts.necessity}
          hint={texts.necessityHint}
          name="necessity"
          rows={3}
          isRequired
          value={values.necessity}
          onInput={(value) => set('necessity', value)}
        />
        <TextField
          label={texts.proportionality}
          hint={texts.proportionalityHint}
          name="proportionality"
          rows={3}
          isRequired
          value={values.proportionality}
          onInput={(value) => set('proportionality', value)}
        />
        <Radios
          legend={words.product.use}
          isInline
          choices={choicesOf(words.product.uses)}
          value={values.leadOrInformation}
          onInput={(value) => set('leadOrInformation', value)}
        />
        <TextField
          label={words.product.due}
          type="date"
          value={values.due}
          onInput={(value) => set('due', value)}
        />
        {isFree && !values.urgent && (
          <Tick
            label={texts.tell}
            value={values.tellReporter}
            onInput={(value) => set('tellReporter', value)}
          />
        )}
        {values.urgent && (
          <TextField
            label={texts.reason}
            name="reason"
            rows={2}
            isRequired
            value={values.reason}
            onInput={(value) => set('reason', value)}
          />
        )}
        <Button
          kind="main"
          submits
          isBusy={act.isBusy}
          whyNot={values.items.length === 0 ? texts.noItems : undefined}
        >
          {texts.send}
        </Button>{' '}
        <Button onClick={onClose}>{words.report.editor.back}</Button>
      </form>
    </Card>
  )
}

function sendable(items: readonly Item[], isUrgent: boolean) {
  return items
    .filter(({ status }) => status === 'approved' || (isUrgent && status === 'draft'))
    .map(({ id, title, version, status }) => {
      const state = words.report.items.statuses[status]
      return [id, say(texts.item, { title, version, state })] as const
    })
}

/** Whether somebody may be in danger now: else nothing goes before its approval, and better known before it is written. */
function isTimeCritical({ report }: Opened): boolean {
  const flags = report?.riskFlags ?? []
  return (
    report?.immediateDanger === 'yes' || flags.includes('threat-to-life') || flags.includes('child-at-risk')
  )
}

/** What the service will refuse until the police have said clear: better known before it is written. */
function needsClearance({ deconfliction, priority, report }: Opened, agency: string): boolean {
  if (agency === '' || responders.includes(agency) || deconfliction === 'clear') return false
  const isOrganised = report?.subcategories?.includes('organised-group') === true
  return deconfliction !== 'not-needed' || priority === 'high' || isOrganised
}

function bodyOf(values: Values): Schemas['DisseminationDraft'] {
  const { agency, items, purpose, necessity, proportionality, due, tellReporter, urgent, reason } = values
  return {
    agency,
    items,
    purpose,
    necessity,
    proportionality,
    gateway: values.gateway as Schemas['DisseminationGateway'],
    basis: values.basis as Schemas['DisseminationBasis'],
    leadOrInformation: values.leadOrInformation as Schemas['DisseminationLeadOrInformation'],
    ...(due === '' ? {} : { due }),
    ...(tellReporter && !urgent ? { tellReporter } : {}),
    ...(urgent ? { urgent } : {}),
    ...(reason === '' ? {} : { reason }),
  }
}
