import { isSottoError } from '../../../client/src/index.ts'
import { api } from '../../state/api.ts'
import type { AnyLink, Link } from '../report/links.tsx'

/** Reports and what they share, as far as it was followed. */
export interface Web {
  reports: string[]
  links: Link[]
  /** Links of which another agency holds the other end. */
  elsewhere: number
  /** Whether it goes on beyond what was followed. */
  isCut: boolean
}

/** More would be a picture that nobody reads, and a flood of calls. */
const reportsAtMost = 25

/** Follows links from one report outwards, those that nobody has rejected. */
export async function followLinks(from: string): Promise<Web> {
  const web = { links: new Map<string, Link>(), elsewhere: new Set<string>(), seen: new Set([from]) }
  let waiting = [from]
  let isCut = false
  while (waiting.length > 0) {
    const lists = await Promise.all(waiting.map(linksOf))
    const fresh = lists.flat().flatMap((link) => take(web, link))
    const room = reportsAtMost - web.seen.size
    isCut ||= fresh.length > room
    waiting = [...new Set(fresh)].slice(0, room)
    for (const report of waiting) web.seen.add(report)
  }
  return { reports: [...web.seen], links: [...web.links.values()], elsewhere: web.elsewhere.size, isCut }
}

/** Notes a link; gives the reports at its ends that were not met before. */
function take(
  web: { links: Map<string, Link>; elsewhere: Set<string>; seen: ReadonlySet<string> },
  link: AnyLink,
): string[] {
  if ('heldBy' in link) {
    web.elsewhere.add(link.id)
    return []
  }
  if (link.status === 'rejected') return []
  web.links.set(link.id, link)
  return link.reports.filter((report) => !web.seen.has(report))
}

/** A report that this person may not see has no links either. */
async function linksOf(id: string): Promise<AnyLink[]> {
  try {
    const { body } = await api.get('/v1/triage/reports/{id}/links', { path: { id } })
    return body.items
  } catch (error) {
    if (isSottoError(error, 'not-found')) return []
    throw error
  }
}
