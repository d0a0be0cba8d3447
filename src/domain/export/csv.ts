import { plainJson, plainText } from '../../plainText.ts'
import type { ExportedReport } from './exportedReport.ts'

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
  ['restrictedTo', ({ restrictedTo }) => restrictedTo.map(({ id }) => id)],
  ['assignee', ({ assignee }) => assignee?.id],
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
  ['purgeNotBefore', ({ purgeNotBefore }) => purgeNotBefore],
  ['cut', () => undefined],
  ['origin', ({ origin }) => origin],
  ['originAgency', ({ originAgency }) => originAgency],
  ['count', () => undefined],
]

export const csvColumns = columns.map(([name]) => name)

export function csvHead(): string {
  return rowOf(csvColumns)
}

/** By which Excel takes a file for UTF-8 (`bom=true`). */
export const byteOrderMark = '\ufeff'

/** Characters that a cell of a spreadsheet program holds at most; what is beyond, it drops without a word. */
const cellAtMost = 32_767

export function csvRow(report: ExportedReport): string {
  const texts = columns.map(([name, cell]) => ({ name, text: textOf(cell(report)) }))
  const cut = texts.filter(({ text }) => isTooLong(text)).map(({ name }) => name)
  return lineOf(texts.map(({ name, text }) => cellOf(name === 'cut' ? textOf(cut) : text)))
}

/** The row that shows that nothing is missing. */
export function csvEnd(count: number): string {
  return rowOf(columns.map(([name]) => (name === 'record' ? 'end' : name === 'count' ? count : undefined)))
}

function rowOf(cells: readonly Cell[]): string {
  return lineOf(cells.map((cell) => cellOf(textOf(cell))))
}

function lineOf(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`
}

/** What a cell says, as text; null where it says nothing. */
function textOf(cell: Cell): string | number | boolean | null {
  if (cell === null || cell === undefined) return null
  if (typeof cell === 'number' || typeof cell === 'boolean') return cell
  if (typeof cell === 'string') return harmless(cell)
  if (Array.isArray(cell) && cell.length === 0) return null
  const isList = Array.isArray(cell) && cell.every((one) => typeof one === 'string')
  return harmless(isList ? cell.join(' ') : plainJson(cell))
}

function cellOf(text: ReturnType<typeof textOf>): string {
  if (typeof text !== 'string') return text === null ? '' : String(text)
  return `"${(isTooLong(text) ? cutShort(text) : text).replaceAll('"', '""')}"`
}

function isTooLong(text: ReturnType<typeof textOf>): text is string {
  return typeof text === 'string' && text.length > cellAtMost
}

/** What fits of a text, with a mark that there is more. */
function cutShort(text: string): string {
  const mark = ` [cut here: ${text.length} characters, whole in NDJSON]`
  // No half of a surrogate pair is left.
  return `${text.slice(0, cellAtMost - mark.length).replace(/[\uD800-\uDBFF]$/, '')}${mark}`
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
