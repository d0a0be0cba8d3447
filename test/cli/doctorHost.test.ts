import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hostOf, swapsIn } from '../../src/cli/doctor/host.ts'
import { ofFolder } from '../../src/cli/doctor/keyring.ts'
import { ofRecovery } from '../../src/cli/doctor/recovery.ts'
import { ofConnection } from '../../src/cli/doctor/tls.ts'
import { loadConfig } from '../../src/config.ts'
import { newKeyOf, newRecoveryKey } from '../../src/crypto/keyTurns.ts'
import { wouldDump } from '../../src/hardening.ts'
import { newKeyring } from '../../src/start/newKeyring.ts'
import { recoveryFileOf, writeRecoveryFile } from '../../src/start/recoveryFile.ts'
import { t } from '../support/suite.ts'

/** What the doctor says of a host and its files, by what lies there. */

t.test('swap on a disk is named, and what is compressed in memory is not', async (t) => {
  const table = `Filename\tType\tSize\n/dev/sda2 partition 1\n/dev/zram0 partition 1\n/dev/mapper/swap partition 1\n`
  t.strictSame(swapsIn(table), ['/dev/sda2'])
  t.strictSame(swapsIn('Filename\tType\n'), [])
})

t.test('a host that would write memory into a core dump is named', async (t) => {
  const limit = (soft: string) => `Max core file size        ${soft}        unlimited        bytes`
  t.ok(wouldDump('00000033', limit('unlimited'), 'core'))
  t.ok(wouldDump('00000033', limit('0'), '|/usr/lib/systemd/systemd-coredump %P'), 'a program takes it')
  t.notOk(wouldDump('00000033', limit('0'), 'core'))
  t.notOk(wouldDump('00000033', limit('1'), '|/usr/lib/systemd/systemd-coredump %P'))
  t.notOk(wouldDump('00000000', limit('unlimited'), 'core'), 'nothing of memory goes into it')
  const core = (findings: { level: string; found: string; remedy: string }[]) =>
    findings.filter(({ found }) => found.startsWith('a crash could write memory'))
  t.match(core(await hostOf(() => true).look()), [{ level: 'breach', remedy: /ulimit -c 0/ }])
  t.strictSame(core(await hostOf(() => false).look()), [])
})

t.test('a keyring that could not be recovered is named', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-doctor-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'keyring.json')
  const told = (keyring: Parameters<typeof ofRecovery>[0]) =>
    ofRecovery(keyring, file).map(({ level, found, remedy }) => `${level}: ${found}: ${remedy}`)
  const made = newKeyring('2026-01-01')
  t.match(told(made), [/^warning: the keyring has no recovery key: .* --purpose recovery/])
  const { keyring } = newRecoveryKey(made, '2026-01-01')
  t.match(told(keyring), [/^warning: there is no recovery file beside the keyring/])
  await writeRecoveryFile(file, keyring)
  t.strictSame(told(keyring), [])
  t.match(told(newKeyOf(keyring, 'organisation', '2026-02-01')), [
    /^warning: the recovery file is older than the keyring/,
  ])
  t.match(told(newRecoveryKey(keyring, '2026-02-01').keyring), [/is older than the keyring/])
  const path = recoveryFileOf(file)
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, 40))
  t.match(told(keyring), [/^warning: \S+ \S+/], 'one that is cut off')
})

t.test('keys and reports in one folder are named', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-doctor-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const told = (KEYRING_FILE: string, embedded: boolean) =>
    ofFolder({ config: loadConfig({ DATA_DIR: folder, KEYRING_FILE }), embedded }).map(({ found }) => found)
  t.match(told(join(folder, 'keyring.json'), true), [/reports and the keys that open them lie in one folder/])
  t.strictSame(told(join(folder, 'keyring.json'), false), [], 'the reports are elsewhere')
})

t.test('how the database is reached is judged by where it is', async (t) => {
  const url = 'postgresql://sotto_triage:x@db.example/sotto'
  const judged = (server: string | null, encrypted: boolean, more = '') =>
    ofConnection({ server, encrypted }, url + more).map(({ level, found }) => `${level}: ${found}`)
  t.strictSame(judged(null, false), [], 'over a socket of its own host')
  t.strictSame(judged('127.0.0.1', false), [])
  t.match(judged('10.1.2.3', false), [/^warning: .* not encrypted/])
  t.match(judged('fd00::5', false), [/^warning: .* not encrypted/])
  t.match(judged('203.0.113.5', false), [/^breach: .* not encrypted, and leaves the private network/])
  t.match(judged('2001:db8::5', false), [/^breach: /])
  t.match(judged('203.0.113.5', true), [/^warning: TLS .* does not check whose certificate/])
  t.match(judged('203.0.113.5', true, '?sslmode=require'), [/^warning: TLS/])
  t.strictSame(judged('203.0.113.5', true, '?sslmode=verify-full&sslrootcert=/ca.pem'), [])
})

t.end()
