import assert from 'node:assert/strict'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../more/clientTools.ts'
import { command } from '../more/command.ts'
import type { DebianPostgres } from '../more/debianPostgres.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'
import { type Drill, type Figures, timed } from './drill.ts'
import { hasDebian, onDebian } from './onDebian.ts'
import { everyReport, openReport, readMailbox, send, writeTo } from './people.ts'
import { inFolder, makeLogins, newSecrets, settingsAt, sotto, tokenOf } from './place.ts'

/** Yesterday's dump, in another cluster: everything that was in it is read again. */
export const restore: Drill = {
  name: 'restore',
  proves:
    'a dump made after the mixing, as docs/operating.md says, restored into a cluster that never saw it, opens: each report by staff, the mailbox by its receipt, and the audit trail goes on from a head that was saved elsewhere',
  cannot:
    'bring back what came after the dump (a standby does that), or show how long a dump of your size takes: measure it',
  async run(size) {
    if (!(await hasDebian())) return undefined
    const count = size === 'short' ? 20 : 500
    return inFolder((folder) =>
      onDebian(folder, 'first', (old) =>
        onDebian(folder, 'second', (other) => dumpAndRestore(folder, old, other, count)),
      ),
    )
  },
}

async function dumpAndRestore(
  folder: string,
  old: DebianPostgres,
  other: DebianPostgres,
  count: number,
): Promise<Figures> {
  const secrets = await newSecrets(folder)
  const keyring = join(folder, 'keyring.json')
  const before = settingsAt(old.port, secrets, keyring)
  const after = settingsAt(other.port, secrets, keyring)
  await makeLogins(old.socket, old.port, secrets)
  await sotto(before, 'keys', 'init')

  const service = await startServiceProcess(folder, before)
  const [writer, approver] = [await tokenOf(before, 'Ada Example'), await tokenOf(before, 'Bea Example')]
  const receipt = await send(service.base, 'The report that somebody comes back for, 14 Marrow Close.')
  const [id = ''] = await everyReport(service.base, writer)
  await writeTo(service.base, [writer, approver], id, 'Thank you. We have read it.')
  for (let sent = 1; sent < count; sent++) await send(service.base, `A fictional report, the number ${sent}.`)
  const head = join(folder, 'head.txt')
  await writeFile(head, await sotto(before, 'audit', 'head'))

  const dump = join(folder, 'dump')
  const made = await timed(async () => {
    await sotto(before, 'mix', '--include', 'today')
    await command(root, [
      'pg_dump',
      '--format=custom',
      '--no-unlogged-table-data',
      `--file=${dump}`,
      before.MIGRATION_DATABASE_URL ?? '',
    ])
  })
  const late = await send(service.base, 'This one comes after the dump was made.')
  await service.end('SIGTERM')

  const back = await timed(async () => {
    await makeLogins(other.socket, other.port, secrets)
    await command(root, [
      'pg_restore',
      '--exit-on-error',
      `--host=${other.socket}`,
      `--port=${other.port}`,
      '--username=postgres',
      '--dbname=sotto',
      dump,
    ])
  })
  const checked = await timed(async () => {
    await sotto(after, 'keys', 'check')
    assert.match(await sotto(after, 'audit', 'verify', '--against', head), /go on from the head/)
  })
  const restored = await startServiceProcess(folder, after)
  try {
    const ids = await everyReport(restored.base, writer)
    assert.equal(ids.length, count)
    const texts = await Promise.all(ids.slice(0, 20).map((one) => openReport(restored.base, writer, one)))
    assert.equal(new Set(texts).size, Math.min(20, count))
    assert.match(await openReport(restored.base, writer, id), /Marrow Close/)
    const { messages } = await readMailbox(restored.base, receipt)
    assert.match(messages[0]?.text ?? '', /^Thank you\. We have read it\./)
    const lost = await fetch(`${restored.base}/v1/mailbox`, { headers: { authorization: `Bearer ${late}` } })
    assert.equal(lost.status, 401)
    await send(restored.base, 'And it goes on, after the dump was restored.')
  } finally {
    await restored.end('SIGTERM')
  }
  return {
    'reports before the dump': count,
    'bytes of the dump': (await stat(dump)).size,
    'seconds to mix and dump': made.seconds,
    'seconds to make logins and restore': back.seconds,
    'seconds for keys check and audit verify': checked.seconds,
    'reports that were read again': count,
    'reports lost, since they came after the dump': 1,
  }
}
