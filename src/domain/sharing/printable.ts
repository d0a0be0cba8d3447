import { plainLine, plainText } from '../../plainText.ts'
import type { Dissemination, ProductItem } from '../../schemas/sharing.ts'

/** Classification by default; anything marked higher is refused (domain.md, section 4). */
const marking = 'OFFICIAL-SENSITIVE'

/** A product as a page to print (Markdown), with its handling markings at head and foot. */
export function printable(product: Dissemination): string {
  const { id, agency, sentOn, items = [], due, caveat } = product
  const lines = [
    `**${marking}**`,
    '',
    `# Information for ${plain(agency)}`,
    '',
    `> ${caveat}`,
    '',
    `- Reference: ${id}`,
    `- Sent: ${sentOn}`,
    ...(due === undefined ? [] : [`- Answer wanted by: ${due}`]),
    ...basisOf(product),
    '',
    ...items.flatMap(itemLines),
    `**${marking}**`,
  ]
  return `${lines.join('\n')}\n`
}

function basisOf({ purpose, gateway, basis, leadOrInformation }: Dissemination): string[] {
  if (purpose === undefined) return ['- Sealed: open it with `sotto open --key FILE`']
  return [
    `- For: ${leadOrInformation === 'lead' ? 'action' : 'information'}`,
    `- Purpose: ${plain(purpose)}`,
    `- Gateway: ${gateway}; basis: ${basis}`,
  ]
}

function itemLines({ title, text, kind, grade, sha256 }: ProductItem, index: number): string[] {
  const { source, intelligence, handling, conditions = [] } = grade
  return [
    `## ${index + 1}. ${plain(title)}`,
    '',
    `Grade ${source}${intelligence}, handling ${handling}; ${kind}.`,
    ...conditions.map((condition) => `- Condition: ${conditionText(condition)}`),
    '',
    ...plainText(text).split(/\r?\n/).map(plain),
    '',
    `SHA-256: ${sha256}`,
    '',
  ]
}

function conditionText({
  kind,
  agencies,
  on,
  text,
}: NonNullable<ProductItem['grade']['conditions']>[number]): string {
  const details = [agencies?.join(', '), on, text].filter((part) => part !== undefined)
  return plain([kind, ...details].join(': '))
}

/** A line that says nothing but itself in Markdown, and does nothing where it is shown. */
function plain(text: string): string {
  return plainLine(text).replace(/[\\`*_{}[\]<>#+|~=&!-]/g, '\\$&')
}
