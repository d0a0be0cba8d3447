import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommandLine } from '../../src/cli/commandLine.ts'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { newReporter } from '../mailbox/reporter.ts'
import { startTestService } from '../support/service.ts'
import { callerWith } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** A lost keyring is not lost reports, where there is a paper key. */

const folder = t.testdir()
const keyringFile = join(folder, 'keyring.json')
const recoveryFile = join(folder, 'keyring.recovery.json')
const paper = join(folder, 'paper')
const sotto = (...words: string[]) => runCommandLine(words)
const recover = (...words: string[]) => sotto('keys', 'recover', '--words', paper, ...words)

process.env.KEYRING_FILE = keyringFile
delete process.env.DATABASE_URL
const made = JSON.parse((await sotto('keys', 'init', '--recovery', '--json')).stdout)
const words: string[] = made.words.split(' ')
const write = (some: readonly string[]) => writeFileSync(paper, some.join(' '))

t.test('a paper key is 24 words, and no file holds it', async (t) => {
  t.equal(words.length, 24)
  t.equal(made.recoveryFile, recoveryFile)
  const recovery = readKeyringFile(keyringFile).keys.find(({ purpose }) => purpose === 'recovery')
  t.ok(recovery?.publicKey)
  t.equal(recovery?.privateKey, undefined)
  const secrets = readKeyringFile(keyringFile).keys.flatMap((key) => key.privateKey ?? key.secret ?? [])
  const stored = readFileSync(recoveryFile, 'utf8')
  t.ok(secrets.length > 6)
  t.notOk(secrets.some((secret) => stored.includes(secret)))
})

t.test('a person is shown words in lines, and a QR code', async (t) => {
  const shown = await sotto('keys', 'new', '--purpose', 'recovery')
  t.match(shown.stdout, /^rec-\S+\n$/)
  t.match(shown.stderr, /\n 1 [a-z]+ +2 [a-z]+ +3 [a-z]+ +4 [a-z]+\n/)
  t.match(shown.stderr, /(█|▀|▄){20}/)
  write(words)
  t.match(await recover('--check'), { code: 1, stderr: /of another paper key/ }, 'the first one is past')
})

t.test('the keyring is lost: file and paper bring it back, and all is read again', async (t) => {
  const { words: mine } = JSON.parse(
    (await sotto('keys', 'new', '--purpose', 'recovery', '--json')).stdout,
  ) as { words: string }
  const first = await startTestService(t, { keyringFile })
  const { databaseUrl } = first
  process.env.DATABASE_URL = databaseUrl
  const token = await first.token('supervisor')
  const mary = await newReporter(first.base)
  const sade = callerWith(first, token)
  const fresh = (await sotto('keys', 'new')).stdout.trim()
  t.match(await sotto('keys', 'activate', fresh), { code: 0 })
  const before = readKeyringFile(keyringFile)
  const { body: listed } = await sade.call<{ items: { id: string }[] }>('GET', '/v1/triage/reports')
  await first.close()

  rmSync(keyringFile)
  write(mine.split(' '))
  t.match(await recover('--check'), { code: 0, stdout: /opens this file: \d+ keys/ })
  t.notOk(existsSync(keyringFile))
  t.match(await recover(), { code: 0 })
  t.same(readKeyringFile(keyringFile), before)
  t.match(await sotto('keys', 'check'), { code: 0 })
  t.match(await recover(), { code: 1, stderr: /no keyring is ever overwritten/ })

  const again = await startTestService(t, { databaseUrl, keyringFile })
  const path = `/v1/triage/reports/${listed.items[0]?.id}`
  const { body: opened } = await callerWith(again, token).call<{ report: object }>('GET', path)
  t.match(opened.report, { narrative: String })
  t.equal((await mary.at(again.base).read()).status, 'received')
})

t.test('a paper key that was misread is told where, and never quoted', async (t) => {
  const typed = readFileSync(paper, 'utf8').split(' ')
  const swapped = [typed[1] ?? '', typed[0] ?? '', ...typed.slice(2)]
  const other = 'zoo '.repeat(23).concat('vote').split(' ')
  const wrong: [string[], RegExp][] = [
    [[...typed.slice(0, 4), 'marrowclose', ...typed.slice(5)], /word 5 is none of the list/],
    [typed.slice(1), /24 words, not 23/],
    [typed[0] === typed[1] ? typed.toReversed() : swapped, /do not fit together|another paper key/],
    [other, /whole, and of another paper key/],
    [[], /24 words, not 0/],
  ]
  for (const [some, said] of wrong) {
    write(some)
    const { code, stderr } = await recover('--check')
    t.equal(code, 1)
    t.match(stderr, said)
    t.notMatch(stderr, /marrowclose/)
  }
  write(typed.map((word, index) => `${index + 1}. ${word.toUpperCase()},`))
  t.match(await recover('--check'), { code: 0 }, 'numbers, commas and capitals do no harm')
})

t.test('a recovery file that somebody changed gives no keyring', async (t) => {
  const stored = readFileSync(recoveryFile, 'utf8')
  const file = JSON.parse(stored)
  const [first, second] = file.keys
  for (const changed of [
    { ...file, keys: [{ ...first, sealed: second.sealed }, ...file.keys.slice(1)] },
    { ...file, keys: [{ ...first, kid: 'org-another' }, ...file.keys.slice(1)] },
    { ...file, keys: [{ ...first, publicKey: file.publicKey }, ...file.keys.slice(1)] },
    { ...file, keys: 'none' },
    { ...file, keys: [1] },
  ]) {
    writeFileSync(recoveryFile, JSON.stringify(changed))
    t.match(await recover('--check'), { code: 1, stderr: /not as it was sealed|is none, or not whole/ })
  }
  writeFileSync(recoveryFile, stored)
})

t.end()
