import type { Report } from '../../schemas/report.ts'
import type { OpenedReport } from '../../schemas/triage.ts'
import { agencyName } from '../../vocabulary/agencies.ts'
import { inWords, listed, section, title } from './page.ts'

type Entity = NonNullable<Report['entities']>[number]
type Place = NonNullable<Report['places']>[number]

/** An opened report as a person would want to read it. */
export function openedReport(opened: OpenedReport, nameOf: (category: string) => string): string {
  const { report, proposals } = opened
  return [
    title(`${nameOf(opened.category)}, ${opened.priority} priority`),
    `Received ${opened.receivedOn}. Status: ${inWords(opened.status)}. Lead: ${agency(opened.leadAgency)}.`,
    opened.supportAgencies.length === 0
      ? '\n\n'
      : ` Support: ${opened.supportAgencies.map(agency).join(', ')}.\n\n`,
    report === null ? 'It cannot be read.\n\n' : submitted(report),
    section(
      'What the rules propose, and why',
      proposals.map(({ field, value, reason }) => `${inWords(field)}: ${proposed(value)}. ${reason}`),
    ),
  ].join('')
}

function submitted(report: Report): string {
  const danger =
    report.immediateDanger === undefined ? '' : `somebody in danger now: ${report.immediateDanger}`
  return [
    section('What the reporter knows', [
      report.narrative,
      listed(
        report.knowledge && `How: ${inWords(report.knowledge)}`,
        report.language && `language: ${report.language}`,
      ),
    ]),
    section('Kind', [(report.subcategories ?? []).map(inWords).join(', ')]),
    section('Risks', [
      listed(...(report.riskFlags ?? []).map(inWords), danger),
      report.knownToFew ? 'Few people know this: the subject could guess who reported it.' : '',
    ]),
    section('When', [when(report.when)]),
    section('Where', (report.places ?? []).map(place)),
    section('Named', (report.entities ?? []).map(entity)),
    section('Links', report.links ?? []),
  ].join('')
}

const agency = (slug: string) => agencyName(slug) ?? slug

function proposed(value: OpenedReport['proposals'][number]['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? agency(value) : value.map(agency).join(', ')
}

function when(time: Report['when']): string {
  if (time === undefined) return ''
  const { mode, from, to, precision, text } = time
  return listed(mode, text, from && `from ${from}`, to && `to ${to}`, precision && `precision: ${precision}`)
}

function place({ role, description, address, postcode, uprn, latitude, longitude }: Place): string {
  const where = listed(description, address, postcode, uprn && `UPRN ${uprn}`)
  const point = latitude === undefined ? '' : `${latitude} ${longitude}`
  return `${role ? `${inWords(role)}: ` : ''}${listed(where, point)}`
}

/** What it is called first, then the rest. */
function entity(named: Entity): string {
  const { kind, ref: _ref, linkedTo: _linkedTo, ...rest } = named
  return `${kind}: ${Object.values(rest).map(String).join(', ')}`
}
