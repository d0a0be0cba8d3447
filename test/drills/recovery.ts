import assert from 'node:assert/strict'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'
import { type Drill, type Figures, type Size, timed } from './drill.ts'
import { everyReport, openReport, readMailbox, send, writeTo } from './people.ts'
import { inFolder, sotto, tokenOf } from './place.ts'

/** The keyring is gone: a file that lay with the backups, and a paper, bring it back. */
export const recovery: Drill = {
  name: 'recovery',
  proves:
    'recovery file and paper key together bring back every key, those that came after the paper was made too: every report opens, the mailbox shows what staff wrote, tokens go on; a wrong or misread paper is told so; and while the keyring is away a running service goes on with the keys in its memory',
  cannot:
    'show that your paper can still be read, or that your copy of the recovery file is of today: try both each quarter',
  run: (size) => inFolder((folder) => loseKeyring(folder, size)),
}

async function loseKeyring(folder: string, size: Size): Promise<Figures> {
  const count = size === 'short' ? 10 : 200
  const keyring = join(folder, 'keyring.json')
  const backup = join(folder, 'elsewhere.json')
  const paper = join(folder, 'paper')
  const settings = { DATA_DIR: join(folder, 'data'), KEYRING_FILE: keyring }
  const { words } = JSON.parse(await sotto(settings, 'keys', 'init', '--recovery', '--json'))

  const service = await startServiceProcess(settings.DATA_DIR, settings)
  const [writer, approver] = [await tokenOf(settings, 'Ada Example'), await tokenOf(settings, 'Bea Example')]
  const receipt = await send(service.base, 'The report that somebody comes back for, 14 Marrow Close.')
  const [id = ''] = await everyReport(service.base, writer)
  await writeTo(service.base, [writer, approver], id, 'Thank you. We have read it.')
  const half = Math.floor(count / 2)
  for (let sent = 1; sent < half; sent++) await send(service.base, `A fictional report, the number ${sent}.`)
  const kid = (await sotto(settings, 'keys', 'new')).trim()
  await sotto(settings, 'keys', 'activate', kid)
  while (!service.output().includes('is in use')) await new Promise((resolve) => setTimeout(resolve, 100))
  for (let sent = half; sent < count; sent++)
    await send(service.base, `A fictional report, the number ${sent}.`)
  const before = readKeyringFile(keyring)
  await rename(join(folder, 'keyring.recovery.json'), backup)

  await rm(keyring)
  while (!service.output().includes('the keys of before go on'))
    await new Promise((resolve) => setTimeout(resolve, 100))
  await send(service.base, 'This one comes while the keyring is away.')
  await service.end('SIGKILL')
  await assert.rejects(sotto({ ...settings, DATABASE_URL: '' }, 'keys', 'check'), /KEYRING_FILE/)

  const recover = (...more: string[]) =>
    sotto(settings, 'keys', 'recover', '--recovery', backup, '--words', paper, ...more)
  const wrong: [string, RegExp][] = [
    [words.replace(/^\w+/, 'marrow'), /word 1 is none of the list/],
    [words.split(' ').toReversed().join(' '), /do not fit together|another paper key/],
    [`${'zoo '.repeat(23)}vote`, /another paper key/],
  ]
  for (const [text, said] of wrong) {
    await writeFile(paper, text)
    await assert.rejects(recover(), said)
  }
  await writeFile(paper, words)
  const back = await timed(() => recover())
  assert.deepEqual(readKeyringFile(keyring), before)
  assert.ok((await readFile(join(folder, 'keyring.recovery.json'), 'utf8')).length > 0)

  const again = await startServiceProcess(settings.DATA_DIR, settings)
  try {
    await sotto(settings, 'keys', 'check')
    const ids = await everyReport(again.base, writer)
    assert.equal(ids.length, count + 1)
    const opened = await timed(async () => {
      for (const one of ids) assert.ok(await openReport(again.base, writer, one))
    })
    const { messages } = await readMailbox(again.base, receipt)
    assert.match(messages[0]?.text ?? '', /^Thank you\. We have read it\./)
    return {
      'keys in the keyring': before.keys.length,
      'papers that were refused': wrong.length,
      'seconds for keys recover': back.seconds,
      'reports of both periods, all opened': ids.length,
      'seconds to open them': opened.seconds,
      'reports lost': 0,
    }
  } finally {
    await again.end('SIGTERM')
  }
}
