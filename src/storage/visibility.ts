/** Who looks. What they may not see is to them as if it were not there. */
export interface Viewer {
  personId: string
  agency: string | null
  /** Sees that a restricted report is there while it names nobody who is left. */
  seesUnnamedRestricted: boolean
}

/** Beginnings of column names: of the one table that is read, or of `alias.`. */
type Of = '' | `${string}.`

const withoutConflict = (of: Of) => `($2::text IS NULL OR NOT ${of}conflict_of_interest @> ARRAY[$2::text])`

/** Whom a restricted report names. */
export const namedOn = (of: Of) => `named_people(${of}id, ${of}restricted_to)`

/**
 * $1 viewer, $2 their agency: whether they may open the report. Whom a restricted report names may, whatever their
 * agency: two supervisors named them in spite of it.
 */
export const mayOpen = (of: Of) =>
  `((NOT ${of}restricted AND ${withoutConflict(of)}) OR (${of}restricted AND ${namedOn(of)} @> ARRAY[$1::uuid]))`

/** Whether a restricted report names too few: with fewer than two left who can sign in, it comes back to supervisors. */
export const namesTooFew = (of: Of) => `people_who_sign_in(${namedOn(of)}) < 2`

/** Whether the viewer may see that the report is there, and no more. `$3` unless said otherwise: whether they may at all. */
export const maySeeStub = (of: Of, ifTheyMay = '$3::boolean') =>
  `(${ifTheyMay} AND ${of}restricted AND ${withoutConflict(of)} AND ${namesTooFew(of)})`

/**
 * $1 viewer, $2 their agency, $3 whether stubs are seen. A stub shows neither status nor priority, so filters on those
 * leave it out rather than tell.
 */
export const visible = `(${mayOpen('')} OR ${maySeeStub('')})`

/** `visible` of what is not restricted. */
export const visibleOpen = `NOT restricted AND ${withoutConflict('')}`

/**
 * `visible` of what is restricted, for all reports that name the same people at once: `names`. So a list reads none of what
 * is hidden from the viewer, however much that is.
 */
export const visibleNames = `(names @> ARRAY[$1::uuid] OR ($3::boolean AND people_who_sign_in(names) < 2))`

/** And for one report of these. */
export const visibleNamed = `restricted AND named = names AND (names @> ARRAY[$1::uuid] OR ${withoutConflict('')})`
