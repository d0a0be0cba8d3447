/**
 * Targets of the trail that are asked for again. Each is written and read here, side by side, so that neither can change without
 * the other; a test reads back what is written. Records are chained, and indexes rest on these: what is there stays as it is.
 */

export const searchTarget = 'search'
const ofExport = 'export'
const begun = 'begin'
export const exportBegun = (id: string) => `${ofExport}/${id}/${begun}`
export const exportEnded = (id: string, how: string) => `${ofExport}/${id}/end/${how}`
/** A search, or the beginning of an export. */
export const isSearch = `action = 'consultation' AND (target = '${searchTarget}' OR target LIKE '${ofExport}/%/${begun}')`
/** The search or the export itself, of such a record. */
export function searchedIn(target: string): string {
  return target.endsWith(`/${begun}`) ? target.slice(0, -begun.length - 1) : target
}

export const collectionTarget = (day: string, what: string) => `collection/${day}/${what}`
export const collectedDay = `split_part(target, '/', 2)`

/** `what` is empty of what is done to the report as a whole. */
export const reportTarget = (id: string, what: string) =>
  what === '' ? `report/${id}` : `report/${id}/${what}`
/** The report that a target names, as the database derives `report_id`. */
export function reportIn(target: string): string | null {
  return /^report\/([0-9a-f-]{36})/.exec(target)?.[1] ?? null
}

/** Fields of a report that were changed together, as the last part of its target. */
export const changedFields = (fields: readonly string[]) => [...fields].sort().join()
/** That one of these was the field. */
export function isChangeOf(field: 'restricted' | 'restrictedTo'): string {
  return `action = 'alteration' AND string_to_array(split_part(target, '/', 3), ',') @> '{${field}}'`
}

export const linkPart = (link: string, decision: string) => `link/${link}/${decision}`
export const isOfLink = `target LIKE 'report/%/link/%'`
export const linkInTarget = `substring(target FROM '/link/([0-9a-f-]{36})')::uuid`
