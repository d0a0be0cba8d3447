import type { ValidateFunction } from 'ajv'
import type { Static, TSchema } from 'typebox'
import { compilerOfBodies } from '../../plugins/validation.ts'
import { violations } from '../../plugins/violations.ts'
import type { Violation } from '../../vocabulary/faults.ts'

export type Judged<T> = { value: T } | { broken: Violation[] }

/** Judges by a schema: what was sent, if it follows it; else every rule that it breaks, by place. */
export function judgeBy<S extends TSchema>(schema: S): (sent: unknown) => Judged<Static<S>> {
  let validate: ValidateFunction<Static<S>> | undefined
  return (sent) => {
    validate ??= compilerOfBodies().compile<Static<S>>(schema)
    return validate(sent) ? { value: sent } : { broken: violations(validate.errors ?? []) }
  }
}
