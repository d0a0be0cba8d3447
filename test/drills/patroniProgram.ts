import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { command } from '../more/command.ts'
import type { Size } from './drill.ts'

/** A Patroni that can be run. */
export interface PatroniProgram {
  version: string
  /** Words before its own. */
  words: readonly string[]
  /** Whether it asks who holds the lock before it takes it anew: 3.0.3 or later. Else a primary that was cut off loses reports. */
  asksBeforeItTakes: boolean
}

/** The Patroni of this machine; or, where it is older than 3.0.3, that of Debian 13, unpacked into `folder`. */
export async function patroniProgram(folder: string, size: Size = 'whole'): Promise<PatroniProgram> {
  const installed = await programOf(['patroni'])
  // In short nobody's network is cut.
  if (installed.asksBeforeItTakes || size === 'short') return installed
  return ofDebian13(folder).catch(() => installed)
}

async function programOf(words: readonly string[]): Promise<PatroniProgram> {
  const said = await command('/', [...words, '--version'])
  const [, version = '', major = 0, minor = 0, patch = 0] = /((\d+)\.(\d+)\.(\d+))/.exec(said) ?? []
  const number = Number(major) * 10_000 + Number(minor) * 100 + Number(patch)
  return { version, words, asksBeforeItTakes: number >= 30_003 }
}

/**
 * The package is Python alone, and what it needs came with the Patroni that is installed. apt takes it by an index that
 * Debian has signed, and keeps what it knows of Debian 13 to this folder.
 */
async function ofDebian13(folder: string): Promise<PatroniProgram> {
  const place = join(folder, 'debian13')
  for (const part of ['lists/partial', 'cache/archives/partial', 'sources', 'patroni'])
    await mkdir(join(place, part), { recursive: true })
  const source = {
    Types: 'deb',
    URIs: 'http://deb.debian.org/debian',
    Suites: 'trixie',
    Components: 'main',
    'Signed-By': '/usr/share/keyrings/debian-archive-keyring.gpg',
  }
  const lines = Object.entries(source).map(([field, value]) => `${field}: ${value}\n`)
  await writeFile(join(place, 'sources/trixie.sources'), lines.join(''))
  const options = [
    'Dir::Etc::SourceList=/dev/null',
    `Dir::Etc::SourceParts=${join(place, 'sources')}`,
    `Dir::State::Lists=${join(place, 'lists')}`,
    `Dir::Cache=${join(place, 'cache')}`,
    'APT::Sandbox::User=root',
    'Acquire::Languages=none',
  ].flatMap((option) => ['-o', option])
  await command(place, ['apt-get', ...options, 'update', '-qq'])
  await command(place, ['apt-get', ...options, 'download', '-qq', 'patroni'])
  const file = (await readdir(place)).find((name) => name.endsWith('.deb')) ?? ''
  const [unpacked, modules] = [join(place, 'patroni'), 'usr/lib/python3/dist-packages']
  await command(place, ['dpkg-deb', '--extract', file, unpacked])
  return programOf([
    'env',
    `PYTHONPATH=${join(unpacked, modules)}`,
    '/usr/bin/python3',
    join(unpacked, 'usr/bin/patroni'),
  ])
}
