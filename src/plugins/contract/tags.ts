import type { Contract } from './document.ts'

/**
 * The resources, in the order in which the contract shows them, each with the parts of a path that lead to it. The last
 * part that leads anywhere decides.
 */
const resources = [
  { name: 'Categories', description: 'What can be reported. For everyone', at: ['/v1/categories'] },
  {
    name: 'Reporting',
    description: 'Sending a report. For everyone, without an account',
    at: ['/v1/reports', '/v1/keys', '/v1/challenges'],
  },
  { name: 'Mailbox', description: 'For whoever holds the receipt of a report', at: ['/v1/mailbox'] },
  {
    name: 'Reports',
    description: 'Reports as staff work on them: list, search, open, change, export',
    at: ['/v1/triage/reports', '/v1/triage/export', '/v1/triage/approvals'],
  },
  { name: 'Assessments', description: 'What staff make of a report', at: ['assessment'] },
  { name: 'Notes', description: 'Notes among staff', at: ['notes'] },
  { name: 'Entities', description: 'Things that staff confirmed from the text', at: ['entities'] },
  { name: 'Items', description: 'What may be passed on of a report, and who approved it', at: ['items'] },
  { name: 'Messages', description: 'The conversation with a reporter', at: ['/reports/{id}/messages'] },
  { name: 'Attachments', description: 'Images that a reporter added', at: ['/reports/{id}/attachments'] },
  {
    name: 'Links',
    description: 'What reports have in common',
    at: ['links', '/v1/triage/watchlist'],
  },
  {
    name: 'Disseminations',
    description: 'What goes to other agencies',
    at: ['/reports/{id}/disseminations'],
  },
  { name: 'Outcomes', description: 'What came of a report', at: ['/reports/{id}/outcomes'] },
  {
    name: 'Partner disseminations',
    description: 'For people at other agencies: what was sent there, and their answer',
    at: ['/v1/partner'],
  },
  {
    name: 'Partner submissions',
    description: 'For people at other agencies: what they share',
    at: ['/v1/partner/submissions'],
  },
  { name: 'Agencies', description: 'Where products can go, and their keys', at: ['/v1/triage/agencies'] },
  {
    name: 'Staff',
    description: 'Who works here, and who you are',
    at: ['/v1/triage/staff', '/v1/triage/me'],
  },
  { name: 'Events', description: 'Following what happens', at: ['/v1/triage/events'] },
  {
    name: 'Webhooks',
    description: 'Telling other systems that something happened',
    at: ['/v1/triage/webhooks'],
  },
  { name: 'Statistics', description: 'Figures that give nobody away', at: ['/v1/triage/stats'] },
  { name: 'Audit', description: 'Who did what', at: ['/v1/triage/audit', 'history'] },
  { name: 'Service', description: 'For whoever runs it, or met a problem', at: ['/health', '/problems'] },
] as const

/** Sorts every call under the resource that it is about, and lists those that have calls. */
export function tagByResource(document: Contract): void {
  const used = new Set<string>()
  for (const [path, methods] of Object.entries(document.paths)) {
    const name = resourceOf(path)
    if (name !== undefined) used.add(name)
    for (const [method, { operationId, summary, ...others }] of Object.entries(methods)) {
      methods[method] = { operationId, summary, tags: name === undefined ? [] : [name], ...others }
    }
  }
  document.tags = resources
    .filter(({ name }) => used.has(name))
    .map(({ name, description }) => ({ name, description }))
}

function resourceOf(path: string): string | undefined {
  let found: string | undefined
  let furthest = -1
  for (const { name, at } of resources) {
    for (const part of at) {
      const end = endOf(path, part.startsWith('/') ? part : `/${part}`)
      if (end > furthest) {
        furthest = end
        found = name
      }
    }
  }
  return found
}

/** Where that part of the path ends, if it has it as whole segments. */
function endOf(path: string, part: string): number {
  const at = `${path}/`.lastIndexOf(`${part}/`)
  return at < 0 ? -1 : at + part.length
}
