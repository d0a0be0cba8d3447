import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Config } from '../config.ts'
import { readCredential } from '../crypto/durableFile.ts'
import { type Keyring, parseKeyring, readKeyringFile } from '../crypto/keyring.ts'
import { ConfigError } from '../settings.ts'

type Source = Pick<Config, 'keyringFile' | 'keyringFrom' | 'keyringCommand'>

/** The setting that names where the keyring is, for what is said of it. */
export function keyringSetting({ keyringFrom }: Pick<Config, 'keyringFrom'>): string {
  return { file: 'KEYRING_FILE', credential: 'CREDENTIALS_DIRECTORY', command: 'KEYRING_COMMAND' }[
    keyringFrom
  ]
}

/** The keyring as it stands in its file, or as its command prints it now. Rejects with a ConfigError. */
export async function readGivenKeyring(source: Source): Promise<Keyring> {
  try {
    if (source.keyringCommand !== undefined) return parseKeyring(await printed(source.keyringCommand))
    if (source.keyringFrom === 'credential') return parseKeyring(readCredential(source.keyringFile))
    return readKeyringFile(source.keyringFile)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === undefined ? message : `${source.keyringFile} cannot be read (${code})`
    throw new ConfigError(`${keyringSetting(source)}: ${reason}`)
  }
}

/**
 * What tells that the keyring may be another, at little cost; undefined where only reading it tells. A file that is replaced
 * has another inode.
 */
export async function keyringFingerprint(source: Source): Promise<string | undefined> {
  if (source.keyringCommand !== undefined) return undefined
  const { ino, size, mtimeNs, ctimeNs } = await stat(source.keyringFile, { bigint: true })
  return [ino, size, mtimeNs, ctimeNs].join(' ')
}

const patience = 30_000
const largest = 4 * 1024 * 1024

/** What a shell makes of the command. Nothing of what it prints is ever told, on stderr neither. */
async function printed(command: string): Promise<string> {
  const run = promisify(execFile)('/bin/sh', ['-c', command], {
    timeout: patience,
    maxBuffer: largest,
  })
  try {
    return (await run).stdout
  } catch (error) {
    const { killed, code } = error as { killed?: boolean; code?: unknown }
    const how =
      killed === true
        ? 'did not end in time'
        : `failed (${typeof code === 'number' ? `exit code ${code}` : 'it could not be run'})`
    throw new Error(`the command ${how}`)
  }
}
