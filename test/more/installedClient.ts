import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './clientTools.ts'
import { command } from './command.ts'

export const clientFolder = join(root, 'client')
const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']

let installed: Promise<string> | undefined

/** A folder in which nothing is installed but the client, packed as it would be published. It goes with the process. */
export function installedClient(): Promise<string> {
  installed ??= installPacked()
  return installed
}

async function installPacked(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-client-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await command(clientFolder, ['npm', 'ci', ...flags])
  const pack = ['npm', 'pack', '--json', '--loglevel=error', '--pack-destination', folder]
  const [packed] = JSON.parse(await command(clientFolder, pack)) as [Packed]
  const top = new Set(packed.files.map(({ path }) => path.split('/')[0]))
  assert.deepEqual([...top].toSorted(), ['LICENSE', 'README.md', 'dist', 'examples', 'package.json'])
  await writeFile(join(folder, 'package.json'), '{"private": true, "type": "module"}')
  await command(folder, ['npm', 'install', ...flags, `./${packed.filename}`])
  const names = (await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'))
  assert.deepEqual(names, ['altcha-lib', 'sotto-client'])
  return folder
}

interface Packed {
  filename: string
  files: { path: string }[]
}
