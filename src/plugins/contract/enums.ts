import { imageMediaTypes } from '../../schemas/mailbox.ts'
import { categorySlugs } from '../../schemas/report.ts'
import { closeReasons, deconflictions, priorities, reportFlags, reviewGroups } from '../../schemas/triage.ts'
import { auditActions } from '../../vocabulary/auditActions.ts'
import { eventKinds } from '../../vocabulary/eventKinds.ts'
import { staffRoles } from '../../vocabulary/roles.ts'
import { reportStatuses } from '../../vocabulary/statuses.ts'
import { type Contract, inPascalCase, type Part } from './document.ts'
import { walkSchemas } from './walkSchemas.ts'

/** Sets of values that stand in several places, with what they are called there. */
const named: Readonly<Record<string, readonly string[]>> = {
  AuditAction: auditActions,
  CategorySlug: categorySlugs,
  CloseReason: closeReasons,
  Deconfliction: deconflictions,
  EventKind: eventKinds,
  ImageMediaType: imageMediaTypes,
  Priority: priorities,
  ReportFlag: reportFlags,
  ReportStatus: reportStatuses,
  ReviewGroup: reviewGroups,
  StaffRole: staffRoles,
}

interface Use {
  schema: Part
  name: string
}

/**
 * Makes every set of values a component, so that generators make one type of it wherever it stands. One that has no
 * name in the table takes the shortest of the places where it stands. A set of one is a constant.
 */
export function nameEnums(document: Contract): void {
  const { schemas } = document.components
  const given = new Map(Object.entries(named).map(([name, values]) => [JSON.stringify(values), name]))
  const uses = new Map<string, Use[]>()
  walkSchemas(document, (schema, names) => {
    if (!Array.isArray(schema.enum)) return
    const values = JSON.stringify(schema.enum)
    const name = names.map(inPascalCase).join('')
    if (schemas[name] === schema) {
      given.set(values, name)
    } else if (schema.enum.length === 1) {
      schema.const = schema.enum[0]
      delete schema.enum
    } else {
      uses.set(values, [...(uses.get(values) ?? []), { schema, name }])
    }
  })
  for (const [values, places] of uses) {
    const name = given.get(values) ?? freeName(places, schemas)
    const { type } = places[0]?.schema ?? {}
    schemas[name] ??= { type, enum: JSON.parse(values), description: descriptionOf(places) }
    for (const { schema } of places) refer(schema, name)
  }
}

/** The shortest, of several the first by alphabet. */
function freeName(places: readonly Use[], taken: Readonly<Record<string, Part>>): string {
  const names = places
    .map(({ name }) => name)
    .sort((one, other) => one.length - other.length || (one < other ? -1 : 1))
  const free = names.find((name) => taken[name] === undefined && named[name] === undefined)
  return free ?? `${names[0]}Value`
}

/** What is said of it where it stands, if that is the same everywhere. */
function descriptionOf(places: readonly Use[]): unknown {
  const [first, ...others] = new Set(places.map(({ schema }) => schema.description))
  return others.length === 0 ? first : undefined
}

function refer(schema: Part, name: string): void {
  delete schema.type
  delete schema.enum
  schema.$ref = `#/components/schemas/${name}`
}
