import { type Signal, signal } from '@preact/signals'
import { type components, isSottoError } from '../../../client/src/index.ts'
import { api } from '../../state/api.ts'
import { isSame } from '../../state/merge.ts'
import { service } from '../../state/session.ts'

type Schemas = components['schemas']
export type Opened = Schemas['OpenedReport']
export type Patch = Schemas['ReportPatch']
export type Warning = Schemas['Warning']

/** A field that both changed: what it was, what somebody made of it, what is wanted here. */
export interface Clash {
  field: string
  was: unknown
  is: unknown
  wanted: unknown
}

/** One opened report, and what is known of the tries to change it. */
export interface Case {
  id: string
  opened: Signal<Opened | undefined>
  warnings: Signal<readonly Warning[]>
  clashes: Signal<{ list: Clash[]; patch: Patch } | undefined>
  /** What waits for a second supervisor since the last change. */
  notice: Signal<'saved' | 'waits' | 'merged' | undefined>
}

export function newCase(id: string): Case {
  return {
    id,
    opened: signal(undefined),
    warnings: signal([]),
    clashes: signal(undefined),
    notice: signal(undefined),
  }
}

/** Opens it. That is recorded, with the reason. */
export async function consult(of: Case, reason: string): Promise<void> {
  const { body } = await api.get('/v1/triage/reports/{id}', {
    path: { id: of.id },
    ...(reason === '' ? {} : { reason }),
  })
  of.opened.value = body
  if (body.report !== null) of.warnings.value = await warningsOf(body.report)
}

/** Phrases that give the reporter away, as the public side finds them. Where that is elsewhere, none are marked. */
async function warningsOf(draft: Schemas['ReportDraft']): Promise<readonly Warning[]> {
  try {
    const answer = await service.fetch('/v1/reports/check', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(draft),
      cache: 'no-store',
      credentials: 'omit',
    })
    if (!answer.ok) return []
    const { warnings }: Schemas['DraftCheck'] = await answer.json()
    return warnings
  } catch {
    return []
  }
}

export const afterConflict = 'Read again after a conflict'

/**
 * Changes the report. Where somebody changed it meanwhile, what does not touch their change is sent again on top of it;
 * what does is shown, and nothing is sent.
 */
export async function change(of: Case, patch: Patch): Promise<'kept' | 'clash' | 'gone'> {
  const before = of.opened.value
  if (before === undefined) return 'gone'
  try {
    return await send(of, before, patch)
  } catch (error) {
    // A move that lacks something says what every move lacks now.
    if (isSottoError(error, 'invalid-transition') && error.body.moves !== undefined)
      of.opened.value = { ...before, moves: error.body.moves }
    if (!isSottoError(error, 'precondition-failed')) throw error
    const { body: now } = await api.get('/v1/triage/reports/{id}', {
      path: { id: of.id },
      reason: afterConflict,
    })
    of.opened.value = now
    const list = clashesOf(before, now, patch)
    if (list.length > 0) {
      of.clashes.value = { list, patch }
      return 'clash'
    }
    const done = await send(of, now, patch)
    if (of.notice.value === 'saved') of.notice.value = 'merged'
    return done
  }
}

async function send(of: Case, before: Opened, patch: Patch): Promise<'kept' | 'gone'> {
  const { status, body } = await api.patch('/v1/triage/reports/{id}', {
    path: { id: of.id },
    ifMatch: `"${before.version}"`,
    body: patch,
  })
  // Who restricted it to others sees no more than that it is there.
  if (!('status' in body)) return 'gone'
  of.opened.value = { ...before, ...body }
  of.clashes.value = undefined
  of.notice.value = status === 202 ? 'waits' : 'saved'
  return 'kept'
}

function clashesOf(before: Opened, now: Opened, patch: Patch): Clash[] {
  return Object.entries(patch)
    .filter(([field]) => field !== 'reason')
    .map(([field, wanted]) => ({ field, was: fieldOf(before, field), is: fieldOf(now, field), wanted }))
    .filter(({ was, is, wanted }) => !isSame(was, is) && !isSame(is, wanted))
}

/** The value of a field of a patch, as the report has it. */
export function fieldOf(report: Opened, field: string): unknown {
  if (field === 'assignee') return report.assignee?.id ?? null
  if (field === 'restrictedTo') return report.restrictedTo.map(({ id }) => id)
  if (field === 'legalHold' || field === 'suspectedMalicious' || field === 'restricted')
    return report.flags.includes(field)
  return (report as unknown as Record<string, unknown>)[field]
}
