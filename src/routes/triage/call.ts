import { Type } from 'typebox'
import type { Permission } from '../../auth/permissions.ts'
import { whoMay } from '../../plugins/authentication.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import { staffSecurity } from '../../schemas/security.ts'
import { id } from '../../schemas/text.ts'

/** What every call of the staff's side has in common. */

export const OfReport = Type.Object({ id: id('The report') })

/** Problems of reading and of writing, beyond what a call has of its own. */
export const whenReading = [
  'validation',
  'unauthorized',
  'forbidden',
  'not-found',
  'not-acceptable',
  'rate-limited',
  'not-ready',
] as const satisfies readonly ProblemCode[]
export const whenWriting = [
  ...whenReading,
  'malformed-json',
  'payload-too-large',
  'unsupported-media-type',
  'overloaded',
] as const satisfies readonly ProblemCode[]
export const whenConditional = [
  'precondition-required',
  'precondition-failed',
] as const satisfies readonly ProblemCode[]

/** The part of a route's schema that says what it is called, what it does and who may. */
export function staffCall(operationId: string, permission: Permission, summary: string, description = '') {
  return {
    operationId,
    summary,
    description: `${whoMay(permission)} ${description}`.trim(),
    security: staffSecurity,
  }
}
