import type { ValidateFunction } from 'ajv'
import { violations } from '../../plugins/violations.ts'
import { compiler, strict } from '../../schemas/compiler.ts'
import { type Report, ReportDraft } from '../../schemas/report.ts'
import type { Violation } from '../../vocabulary/faults.ts'

let validate: ValidateFunction<Report> | undefined

/** The report, if it follows the schema; else every rule that it breaks, by place. */
export function judge(report: unknown): { report: Report } | { broken: Violation[] } {
  validate ??= compiler({ ...strict, verbose: true }).compile<Report>(ReportDraft)
  return validate(report) ? { report } : { broken: violations(validate.errors ?? []) }
}
