import assert from 'node:assert/strict'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../more/clientTools.ts'
import { command } from '../more/command.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'
import { type Drill, type Figures, timed } from './drill.ts'
import { inFolder, sotto } from './place.ts'
import { startWriters, unopened } from './writers.ts'

/** The version before and this one on one database, while reports come in. */
export const upgrade: Drill = {
  name: 'upgrade',
  proves:
    'this version migrates the database while the one before serves on it, both then serve side by side, and the one before ends: no report fails, none is lost, none is there twice',
  cannot:
    'show it for any version but that one, or bring the database back to the one before: it goes forward alone',
  async run() {
    const [, before = 'HEAD~1'] = process.argv.slice(2)
    return inFolder((folder) => sideBySide(folder, before))
  },
}

async function sideBySide(folder: string, before: string): Promise<Figures> {
  const old = join(folder, 'before')
  await mkdir(old)
  await command(root, ['sh', '-c', `git archive "${before}" | tar -x -C "${old}"`])
  await symlink(join(root, 'node_modules'), join(old, 'node_modules'))
  await command(old, ['npx', 'tsc', '-p', 'tsconfig.src.json'])
  const oldMain = pathToFileURL(join(old, 'build/src/main.js'))

  const keyring = join(folder, 'keyring.json')
  const settings = { DATA_DIR: join(folder, 'data'), KEYRING_FILE: keyring }
  await sotto(settings, 'keys', 'init', '--suite', 'x25519')
  const first = await startServiceProcess(settings.DATA_DIR, settings, oldMain)
  const bases = [first.base]
  const writers = startWriters(bases, 8)
  await later(3)
  const started = await timed(() => startServiceProcess(settings.DATA_DIR, settings))
  const second = started.value
  bases.push(second.base)
  await later(5)
  const sideBySide = writers.receipts.length
  bases.shift()
  await later(1)
  const ended = await timed(() => first.end('SIGTERM'))
  await later(3)
  await writers.stop()
  const { receipts, refused } = writers
  assert.deepEqual([...refused], [], 'answers that were no 201')
  assert.equal(await unopened(second.base, receipts), 0)
  await second.end('SIGTERM')
  return {
    'the version before': (await command(root, ['git', 'log', '-1', '--format=%h of %cs', before])).trim(),
    'reports acknowledged': receipts.length,
    'of these until the one before was let go': sideBySide,
    'answers that were no 201': 0,
    'acknowledged and lost': 0,
    'seconds to migrate and start this version': started.seconds,
    'seconds for the one before to end': ended.seconds,
  }
}

function later(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1_000))
}
