import type { components } from '../../client/src/index.ts'
import en from '../texts/en.json'

type Schemas = components['schemas']

/** Every text of the console, in the language of this tab. English is the only one so far. */
export const words = en

/** Where the contract names a value, the compiler holds the texts to it: none is missing. */
export const namesOf: {
  status: Record<Schemas['ReportStatus'], string>
  priority: Record<Schemas['Priority'], string>
  category: Record<Schemas['CategorySlug'], string>
  flag: Record<Schemas['ReportFlag'], string>
  role: Record<Schemas['StaffRole'], string>
  missing: Record<Schemas['MoveMissing'], string>
  closeReason: Record<Schemas['CloseReason'], string>
  deconfliction: Record<Schemas['Deconfliction'], string>
  linkKind: Record<Schemas['LinkKind'], string>
  gateway: Record<Schemas['DisseminationGateway'], string>
  basis: Record<Schemas['DisseminationBasis'], string>
  outcome: Record<Schemas['OutcomeType'], string>
  reviewGroup: Record<Schemas['ReviewGroup'], string>
  warning: Record<string, string>
  lint: Record<Schemas['MessageWarningCode'], string>
  lock: Record<Schemas['MessageLockLockedFor'], string>
  pendingField: Record<Schemas['PendingChangeField'], string>
  source: Record<Schemas['GradeSource'], string>
  intelligence: Record<Schemas['GradeIntelligence'], string>
  handling: Record<Schemas['GradeHandling'], string>
  condition: Record<Schemas['HandlingConditionKind'], string>
} = en.names

/** A text with its gaps filled in. */
export function say(text: string, gaps: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (gap, name: string) => String(gaps[name] ?? gap))
}

/** A slug of the contract's, as a person would read it. */
export function plain(slug: string): string {
  const spaced = slug.replaceAll('-', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** A date of the service, for people. */
export function dayOf(date: string): string {
  return day.format(new Date(`${date}T00:00:00Z`))
}

/** A time of the service, on the clock of whoever reads. */
export function timeOf(time: string): string {
  return moment.format(new Date(time))
}
