import { plainJson, plainText } from '../../plainText.ts'
import type { ExportedReport } from './exported.ts'

/** A spreadsheet's rows, RFC 4180: commas, CRLF, UTF-8 (docs/export.md). */

type Cell = string | number | boolean | object | null | undefined

/** Each column with what is in it. The order is part of the format: new ones go before `count`. */
const columns: readonly (readonly [string, (line: ExportedReport) => Cell])[] = [
  ['record', () => 'report'],
  ['id', ({ id }) => id],
  ['receivedOn', ({ receivedOn }) => receivedOn],
  ['category', ({ category }) => category],
  ['subcategories', ({ report }) => report?.subcategories],
  ['priority', ({ priority }) => priority],
  ['status', ({ status }) => status],
  ['flags', ({ flags }) => flags],
  ['leadAgency', ({ leadAgency }) => leadAgency],
  ['supportAgencies', ({ supportAgencies }) => supportAgencies],
  ['conflictOfInterest', ({ conflictOfInterest }) => conflictOfInterest],
  ['restrictedTo', ({ restrictedTo }) => restrictedTo],
  ['assignee', ({ assignee }) => assignee],
  ['attentionBy', ({ attentionBy }) => attentionBy],
  ['reviewGroup', ({ reviewGroup }) => reviewGroup],
  ['version', ({ version }) => version],
  ['unreadMessages', ({ unreadMessages }) => unreadMessages],
  ['links', ({ links }) => links],
  ['deconfliction', ({ deconfliction }) => deconfliction],
  ['referrals', ({ referrals }) => referrals],
  ['disclosureRequests', ({ disclosureRequests }) => disclosureRequests],
  ['proceedingsKnown', ({ proceedingsKnown }) => proceedingsKnown],
  ['closeReason', ({ closeReason }) => closeReason],
  ['pending', ({ pending }) => pending],
  ['proposals', ({ proposals }) => proposals],
  ['narrative', ({ report }) => report?.narrative],
  ['language', ({ report }) => report?.language],
  ['immediateDanger', ({ report }) => report?.immediateDanger],
  ['riskFlags', ({ report }) => report?.riskFlags],
  ['knowledge', ({ report }) => report?.knowledge],
  ['knownToFew', ({ report }) => report?.knownToFew],
  ['when', ({ report }) => report?.when],
  ['places', ({ report }) => report?.places],
  ['entities', ({ report }) => report?.entities],
  ['urls', ({ report }) => report?.links],
  ['count', () => undefined],
]

export const csvColumns = columns.map(([name]) => name)

export function csvHead(): string {
  return rowOf(csvColumns)
}

export function csvRow(report: ExportedReport): string {
  return rowOf(columns.map(([, cell]) => cell(report)))
}

/** The row that shows that nothing is missing. */
export function csvEnd(count: number): string {
  return rowOf(columns.map(([name]) => (name === 'record' ? 'end' : name === 'count' ? count : undefined)))
}

function rowOf(cells: readonly Cell[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}

function cellOf(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
  if (typeof cell === 'string') return quoted(harmless(cell))
  if (Array.isArray(cell) && cell.length === 0) return ''
  const isList = Array.isArray(cell) && cell.every((one) => typeof one === 'string')
  return quoted(harmless(isList ? cell.join(' ') : plainJson(cell)))
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/**
 * What a spreadsheet program may take for a formula, after spaces too, or in the wide forms of East Asian scripts
 * (OWASP, CSV injection). An apostrophe before it makes it text. So that this can be undone, texts that begin with an
 * apostrophe get another one.
 */
const formula = /^['\t\r\n]|^\s*[=+\-@＝＋－＠]/u

function harmless(text: string): string {
  const plain = plainText(text)
  return formula.test(plain) ? `'${plain}` : plain
}
