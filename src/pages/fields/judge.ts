import type { ValidateFunction } from 'ajv'
import type { Static, TSchema } from 'typebox'
import { compilerOfBodies, takeFindings } from '../../plugins/validation.ts'
import { violations } from '../../plugins/violations.ts'
import type { Violation } from '../../vocabulary/faults.ts'

export type Judged<T> = { value: T } | { broken: Violation[] }

export interface Judge<T> {
  (sent: unknown): Judged<T>
  /** Compiles the schema, which takes some hundredths of a second, before anybody is judged by it. */
  prepare(): void
}

/** Judges by a schema: what was sent, if it follows it; else every rule that it breaks, by place. */
export function judgeBy<S extends TSchema>(schema: S): Judge<Static<S>> {
  let validate: ValidateFunction<Static<S>> | undefined
  const compiled = () => {
    validate ??= compilerOfBodies().compile<Static<S>>(schema)
    return validate
  }
  return Object.assign(
    (sent: unknown): Judged<Static<S>> => {
      const isGood = compiled()
      return isGood(sent) ? { value: sent } : { broken: violations(takeFindings(isGood)) }
    },
    { prepare: () => void compiled() },
  )
}
