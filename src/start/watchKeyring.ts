import { type Loop, loop } from '../concurrency/loop.ts'
import type { Config } from '../config.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { describeError, type Log } from '../log.ts'
import { ConfigError } from '../settings.ts'
import { Fault } from '../vocabulary/faults.ts'
import { requireRoleOf } from './keyringFile.ts'
import { keyringFingerprint, keyringSetting, readGivenKeyring } from './keyringSource.ts'
import type { LiveKeyring } from './liveKeyring.ts'

export interface KeyringWatch {
  config: Config
  live: LiveKeyring
  log: Log
  /** Makes ready what the new keys need, before anything uses them. Rejects where they must not be used. */
  admit: (next: Keyring) => Promise<void>
  /** What follows once they are in use. */
  settle: () => Promise<void>
}

/** Milliseconds from one look to the next; a command may ask a vault far away. */
const lookEvery = { file: 2_000, credential: 2_000, command: 60_000 }

/**
 * Watches where the keyring comes from, and takes up what was changed, so that no turn of keys needs a restart. What cannot be
 * used is said once, and the keys of before go on.
 */
export function watchKeyring({ config, live, log, admit, settle }: KeyringWatch): Loop {
  let seen: string | undefined
  let said: string | undefined

  async function look(): Promise<void> {
    const fingerprint = await keyringFingerprint(config)
    if (fingerprint !== undefined && fingerprint === seen) return
    const next = await readGivenKeyring(config)
    if (JSON.stringify(next.keys) !== JSON.stringify(live.keyring.keys)) {
      requireRoleOf(config, next)
      await admit(next)
      live.replace(next)
      await settle()
      log.info(`${keyringSetting(config)}: the keyring was changed, and is in use`)
    }
    seen = fingerprint
    said = undefined
  }

  function failed(error: unknown): void {
    const known = error instanceof ConfigError ? error.message : unaccepted(error)
    const line = known ?? `${keyringSetting(config)}: the keyring cannot be read anew`
    if (line === said) return
    said = line
    log.error(`${line}; the keys of before go on`, known === undefined ? describeError(error) : {})
  }

  function unaccepted(error: unknown): string | undefined {
    if (!(error instanceof Fault) || error.kind !== 'no-accepted-key') return undefined
    return `${keyringSetting(config)}: triage has not registered its organisation key yet`
  }

  return loop(look, { wait: lookEvery[config.keyringFrom], failed })
}
