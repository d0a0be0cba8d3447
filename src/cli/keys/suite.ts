import { isSuiteName, type SuiteName, suiteNames } from '../../crypto/suites.ts'
import { UsageError } from '../command.ts'

/** `--suite S` of the commands that make keys. */
export const suiteParameter = {
  value: 'S',
  about: `the suite of keys that things are sealed to: ${suiteNames.join(' or ')}`,
} as const

/** The suite that was named; undefined where none was. */
export function givenSuite(text: string | undefined): SuiteName | undefined {
  if (text === undefined || isSuiteName(text)) return text
  throw new UsageError(`--suite must be one of ${suiteNames.join(', ')}`)
}
