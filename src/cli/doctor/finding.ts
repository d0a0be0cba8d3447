import type { Config } from '../../config.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import type { Pool } from '../../storage/pool.ts'

/** Something that is not as it should be. A breach endangers somebody; a warning is to be known, and may be meant. */
export interface Finding {
  level: 'breach' | 'warning'
  /** What was found, in one line, without any secret. */
  found: string
  remedy: string
}

/** What there is to look at. */
export interface Patient {
  config: Config
  embedded: boolean
  /** As triage; as intake on an intake host, which sees less. */
  pool: Pool<'sotto_triage'> | Pool<'sotto_intake'>
  /** Of a triage host alone. */
  triage: Pool<'sotto_triage'> | undefined
  /** Undefined where it cannot be read, which the keyring's own examination says. */
  keyring: Keyring | undefined
  now: Date
  /** This host's clock, in milliseconds. */
  clock: () => number
}

export interface Examination {
  /** One word or two, by which a script knows it. */
  name: string
  /** The page, and the part of it, that says more. */
  doc: string
  look(patient: Patient): Promise<Finding[]>
}

export const breach = (found: string, remedy: string): Finding => ({ level: 'breach', found, remedy })
export const warning = (found: string, remedy: string): Finding => ({ level: 'warning', found, remedy })
