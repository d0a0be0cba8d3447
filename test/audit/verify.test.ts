import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { runCommandLine } from '../../src/cli/commandLine.ts'
import {
  activeKey,
  type Keyring,
  makeKeyring,
  newKey,
  publicKeyring,
  writeKeyringFile,
} from '../../src/crypto/keyring.ts'
import { reasonHash, recordHash } from '../../src/domain/audit/chainedRecord.ts'
import { headAt, openHead, signHead } from '../../src/domain/audit/head.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { verifyTrail } from '../../src/domain/audit/verify.ts'
import { registerKeys } from '../../src/storage/acceptedKeys.ts'
import { endOfTrail } from '../../src/storage/auditTrail.ts'
import { openPool } from '../../src/storage/pool.ts'
import { run } from '../cli/run.ts'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { t } from '../support/suite.ts'

const folder = mkdtempSync(join(tmpdir(), 'sotto-audit-'))
t.after(async () => rmSync(folder, { recursive: true, force: true }))
const keyringFile = join(folder, 'keyring.json')
const keyring = makeKeyring('2026-11-24')
writeKeyringFile(keyringFile, keyring)
const size = 12

const { url } = await cloneDatabase(t)
const pool = openPool(url, 'sotto_triage', 2)
t.after(() => pool.close())
let now = Date.parse('2026-11-24T10:00:00.123Z')
const audit = auditTrail(pool, keyring, () => new Date(now))
const denial = { actor: randomUUID(), role: 'partner', target: 'GET /v1/triage/audit' }
const columns = `seq, at, actor, role, action, target, recipients, reason_id, reason_batch_id, reason_wrapped_key,
  reason_body, hash`

await recordTwelve()
await asSuperuser(url, (client) => client.query('CREATE TABLE untouched AS SELECT * FROM audit_records'))

/** Twelve records, every third with a reason, one with recipients. */
async function recordTwelve(): Promise<void> {
  const {
    kid,
    kem = 0,
    kdf = 0,
    aead = 0,
    publicKey = '',
    notBefore,
    notAfter,
  } = activeKey(keyring, 'organisation')
  const bytes = Buffer.from(publicKey, 'base64url')
  await registerKeys(pool, [{ kid, kem, kdf, aead, publicKey: bytes, status: 'active', notBefore, notAfter }])
  for (let n = 1; n <= size; n++) {
    now += 60_000
    await pool.transaction((query) =>
      audit.append(query, {
        actor: randomUUID(),
        role: 'triager',
        action: 'alteration',
        target: `report/${randomUUID()}/notes`,
        reason: n % 3 === 0 ? `Reason ${n}` : undefined,
        recipients: n === 6 ? ['housing'] : [],
      }),
    )
  }
}

/** Does as a superuser does who wants nobody to know. */
function tamper(...statements: string[]): Promise<void> {
  return asSuperuser(url, async (client) => {
    await client.query('ALTER TABLE audit_records DISABLE TRIGGER USER')
    for (const statement of statements) await client.query(statement)
    await client.query('ALTER TABLE audit_records ENABLE TRIGGER USER')
  })
}

const restore = () =>
  tamper(
    'TRUNCATE audit_records',
    `INSERT INTO audit_records (${columns}) SELECT ${columns} FROM untouched`,
    `ALTER TABLE audit_records DROP CONSTRAINT IF EXISTS audit_records_pkey, ADD PRIMARY KEY (seq)`,
  )

const savedHead = async () => headAt(await endOfTrail(pool.query))

t.beforeEach(restore)

Object.assign(process.env, { DATABASE_URL: url, KEYRING_FILE: keyringFile })
const sotto = (...words: string[]) => runCommandLine(words)

t.test('a trail that nobody touched is whole, and goes on from every head that was saved', async (t) => {
  const early = await savedHead()
  t.match(await verifyTrail(pool), { head: { size, hash: early.hash }, broken: undefined })
  await audit.recordDenial(denial)
  const late = await savedHead()
  t.equal(late.size, size + 1)
  for (const saved of [headAt(undefined), early, late]) {
    t.match(await verifyTrail(pool, saved), { head: late, broken: undefined })
  }
})

t.test('the database role of triage can add to the trail and do nothing else to it', async (t) => {
  const tries = [
    "UPDATE audit_records SET actor = 'nobody'",
    'DELETE FROM audit_records WHERE seq = 12',
    'TRUNCATE audit_records',
    'ALTER TABLE audit_records DISABLE TRIGGER USER',
    'DROP TABLE audit_records',
  ]
  for (const text of tries) await t.rejects(pool.query({ name: '', text, values: [] }), text)
  t.match(await verifyTrail(pool), { head: { size }, broken: undefined })
})

t.test('not even the owner can change it without first taking the triggers away', async (t) => {
  for (const text of [
    "UPDATE audit_records SET actor = 'nobody'",
    'DELETE FROM audit_records',
    'TRUNCATE audit_records',
  ]) {
    await t.rejects(
      asSuperuser(url, (client) => client.query(text)),
      /append-only/,
      text,
    )
  }
})

t.test('whatever field of a record is changed, verify names that record', async (t) => {
  const changes: Record<string, string> = {
    at: "at + interval '1 second'",
    'at, by less than is written': "at + interval '1 microsecond'",
    'at, to no time at all': "'infinity'",
    actor: "'somebody-else'",
    role: "'supervisor'",
    action: "'consultation'",
    target: "replace(target, '/notes', '/case')",
    recipients: "'{planning}'",
    'recipients, to none': "'{}'",
    reason_id: 'gen_random_uuid()',
    reason_batch_id: 'gen_random_uuid()',
    reason_wrapped_key: 'set_byte(reason_wrapped_key, 0, get_byte(reason_wrapped_key, 0) # 1)',
    reason_body: 'set_byte(reason_body, 40, get_byte(reason_body, 40) # 1)',
    'reason_body, to none': 'NULL',
    'reason_id, to none': 'NULL',
    hash: 'set_byte(hash, 31, get_byte(hash, 31) # 1)',
  }
  for (const [what, value] of Object.entries(changes)) {
    const [column = ''] = what.split(',')
    await tamper(`UPDATE audit_records SET ${column} = ${value} WHERE seq = 6`)
    t.match(await verifyTrail(pool), { head: { size: 5 }, broken: { seq: 6, flaw: 'changed' } }, what)
    await restore()
    t.notOk((await verifyTrail(pool)).broken, `${what}, and back`)
  }
})

const exchange = (one: number, other: number) =>
  `UPDATE audit_records SET seq = CASE seq WHEN ${one} THEN -${other} ELSE -${one} END WHERE seq IN (${one}, ${other})`

t.test('records that are deleted, put in, exchanged or renumbered are named', async (t) => {
  const copy = (seq: string) =>
    `INSERT INTO audit_records (seq, at, actor, role, action, target, hash)
     SELECT ${seq}, at, actor, role, action, target, hash FROM audit_records WHERE seq = 5`
  const cases: [string, string[], { seq: number; flaw: string }][] = [
    ['the first is deleted', ['DELETE FROM audit_records WHERE seq = 1'], { seq: 1, flaw: 'missing' }],
    ['one is deleted', ['DELETE FROM audit_records WHERE seq = 7'], { seq: 7, flaw: 'missing' }],
    [
      'several are deleted',
      ['DELETE FROM audit_records WHERE seq IN (3, 4, 9)'],
      { seq: 3, flaw: 'missing' },
    ],
    [
      'one is deleted and the gap closed',
      [
        'DELETE FROM audit_records WHERE seq = 7',
        'UPDATE audit_records SET seq = -seq WHERE seq > 7',
        'UPDATE audit_records SET seq = -seq - 1 WHERE seq < 0',
      ],
      { seq: 7, flaw: 'changed' },
    ],
    ['one is put in at the end', [copy('13')], { seq: 13, flaw: 'changed' }],
    ['one is put in before the first', [copy('0')], { seq: 0, flaw: 'out-of-place' }],
    [
      'one is put in between',
      [
        'UPDATE audit_records SET seq = -seq WHERE seq > 5',
        'UPDATE audit_records SET seq = 1 - seq WHERE seq < 0',
        copy('6'),
      ],
      { seq: 6, flaw: 'changed' },
    ],
    [
      'one is there twice',
      ['ALTER TABLE audit_records DROP CONSTRAINT audit_records_pkey', copy('5')],
      { seq: 5, flaw: 'out-of-place' },
    ],
    [
      'two are exchanged',
      [exchange(4, 8), 'UPDATE audit_records SET seq = -seq WHERE seq < 0'],
      { seq: 4, flaw: 'changed' },
    ],
    [
      'two neighbours are exchanged',
      [exchange(11, 12), 'UPDATE audit_records SET seq = -seq WHERE seq < 0'],
      { seq: 11, flaw: 'changed' },
    ],
    [
      'all are renumbered',
      ['UPDATE audit_records SET seq = -seq', 'UPDATE audit_records SET seq = 1 - seq'],
      { seq: 1, flaw: 'missing' },
    ],
  ]
  for (const [what, statements, broken] of cases) {
    await restore()
    await tamper(...statements)
    t.match((await verifyTrail(pool)).broken, broken, what)
  }
})

t.test('an end that is cut off is seen only by a head that was saved', async (t) => {
  for (const [statement, left] of [
    ['DELETE FROM audit_records WHERE seq = 12', 11],
    ['DELETE FROM audit_records WHERE seq > 4', 4],
    ['TRUNCATE audit_records', 0],
  ] as const) {
    await restore()
    const saved = await savedHead()
    await tamper(statement)
    t.match(await verifyTrail(pool), { head: { size: left }, broken: undefined }, 'by itself it looks whole')
    t.match(
      await verifyTrail(pool, saved),
      { head: { size: left }, broken: { seq: left + 1, flaw: 'cut-off' } },
      statement,
    )
    if (left === 11) {
      // The service goes on; the number is there again, and another record under it.
      await audit.recordDenial(denial)
      t.match(await verifyTrail(pool), { head: { size: 12 }, broken: undefined })
      t.match(await verifyTrail(pool, saved), { broken: { seq: 12, flaw: 'replaced' } })
    }
  }
})

t.test('a tail that was written anew, hashes and all, is seen only by a head that was saved', async (t) => {
  const saved = await savedHead()
  await asSuperuser(url, (client) => rewriteFrom(client, 5))
  t.match(await verifyTrail(pool), { head: { size }, broken: undefined })
  t.match(await verifyTrail(pool, saved), { head: { size: 11 }, broken: { seq: 12, flaw: 'replaced' } })
})

/** What somebody with the source code and the database can do: forge a record and compute all hashes after it. */
async function rewriteFrom(client: pg.Client, first: number): Promise<void> {
  await client.query('ALTER TABLE audit_records DISABLE TRIGGER USER')
  await client.query("UPDATE audit_records SET actor = 'somebody-else' WHERE seq = $1", [first])
  const { rows } = await client.query('SELECT * FROM audit_records ORDER BY seq')
  let previous: Buffer | null = null
  for (const {
    reason_id: id,
    reason_batch_id: batchId,
    reason_wrapped_key: wrappedKey,
    reason_body: body,
    ...row
  } of rows) {
    const reason = id === null ? undefined : { id, batchId, wrappedKey, body }
    previous = recordHash(previous, { ...row, seq: Number(row.seq), at: row.at.toISOString(), reason })
    await client.query('UPDATE audit_records SET hash = $1 WHERE seq = $2', [previous, row.seq])
  }
}

t.test('the hash of a record is what the documentation says', (t) => {
  const prefixed = (...parts: (string | Buffer)[]) =>
    Buffer.concat(
      parts.flatMap((part) => {
        const length = Buffer.alloc(4)
        length.writeUInt32BE(Buffer.byteLength(part))
        return [length, Buffer.from(part)]
      }),
    )
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest()
  const reason = { id: 'i', batchId: 'b', wrappedKey: Buffer.from('w'), body: Buffer.from('c') }
  const sealed = sha256(prefixed('sotto/1/audit-reason', 'i', 'b', 'w', 'c'))
  t.ok(sealed.equals(reasonHash(reason)))
  const record = {
    seq: 2,
    at: '2026-11-24T10:00:00.000Z',
    actor: 'operator',
    role: 'cli',
    action: 'administration',
    target: 'staff/x',
    recipients: ['housing'],
  }
  const json = `{"action":"administration","actor":"operator","at":"2026-11-24T10:00:00.000Z","reason":"${sealed.toString('hex')}","recipients":["housing"],"role":"cli","seq":2,"target":"staff/x"}`
  const previous = sha256(Buffer.from('x'))
  t.ok(sha256(prefixed('sotto/1/audit', previous, json)).equals(recordHash(previous, { ...record, reason })))
  t.end()
})

t.test('a head counts only with the signature of this deployment’s audit key, of now or before', (t) => {
  const last = { seq: 12, hash: createHash('sha256').update('x').digest() }
  const head = signHead(keyring, headAt(last))
  const { checkpoint } = head
  t.match(openHead(keyring, checkpoint), { size: 12, hash: last.hash, origin: head.origin })
  t.match(openHead(keyring, JSON.stringify(head)), { size: 12 })
  t.match(openHead(publicKeyring(keyring), checkpoint), { size: 12 }, 'public keys are enough')

  const turned: Keyring = {
    version: 1,
    keys: [
      newKey('audit', '2027-11-24', 'active'),
      ...keyring.keys.map((key) => (key.purpose === 'audit' ? { ...key, status: 'expired' as const } : key)),
    ],
  }
  t.match(openHead(turned, checkpoint), { size: 12 }, 'the key has been replaced since')
  t.equal(signHead(turned, headAt(last)).origin, head.origin, 'and the trail keeps its name')

  const [text = '', line = ''] = checkpoint.split('\n\n')
  const other = signHead(makeKeyring('2026-11-24'), headAt(last)).checkpoint
  for (const [what, note] of Object.entries({
    'another size': checkpoint.replace('\n12\n', '\n11\n'),
    'another hash': checkpoint.replace(last.hash.toString('base64'), Buffer.alloc(32).toString('base64')),
    'another deployment’s': other,
    'another deployment’s signature': `${text}\n\n${other.split('\n\n')[1]}`,
    'no signature': `${text}\n\n`,
    'no blank line': `${text}\n${line}`,
    'cut off': checkpoint.slice(0, -5),
    'more text': `x${checkpoint}`,
    'a carriage return': checkpoint.replaceAll('\n', '\r\n'),
    nothing: '',
    'JSON without one': JSON.stringify({ ...head, checkpoint: undefined }),
    'broken JSON': '{',
  })) {
    t.equal(openHead(keyring, note), undefined, what)
  }
  t.match(openHead(keyring, `${checkpoint}${other.split('\n\n')[1]}`), { size: 12 }, 'others may sign too')
  t.match(openHead(keyring, signHead(keyring, headAt(undefined)).checkpoint), { size: 0 })
  t.end()
})

t.test('sotto audit verify says it in one line and by its exit code', async (t) => {
  const file = join(folder, 'head.txt')
  const head = await sotto('audit', 'head')
  t.match(head, {
    code: 0,
    stdout: /^sotto-audit\/aud-[\w-]+\n12\n[\w+/=]{44}\n\n— sotto-audit\/aud-[\w-]+ [\w+/=]+\n$/,
    stderr: '',
  })
  writeFileSync(file, head.stdout)
  t.match(await sotto('audit', 'verify'), { code: 0, stdout: /^12 records, unbroken/ })
  t.match(await sotto('audit', 'verify', '--against', file), {
    code: 0,
    stdout: /go on from the head that was saved at record 12/,
  })
  t.match(await sotto('audit', 'verify', '--against', join(folder, 'none')), {
    code: 1,
    stdout: '',
    stderr: /^sotto: --against: the file cannot be read \(ENOENT\)\n$/,
  })
  t.match(await sotto('audit', 'verify', '--against', keyringFile), {
    code: 1,
    stdout: '',
    stderr: /^sotto: --against: no head/,
  })

  await tamper('DELETE FROM audit_records WHERE seq = 12')
  t.match(await sotto('audit', 'verify'), { code: 0 })
  const json = await sotto('audit', 'verify', '--against', file, '--json')
  t.equal(json.code, 1)
  t.match(JSON.parse(json.stdout), {
    whole: false,
    size: 11,
    against: 12,
    broken: { seq: 12, flaw: 'cut-off' },
  })
  await tamper("UPDATE audit_records SET role = 'admin' WHERE seq = 3")
  const settings = { DATABASE_URL: url, KEYRING_FILE: keyringFile }
  t.match(await run('sotto', ['audit', 'verify'], settings), {
    code: 1,
    stdout: 'record 3: it is not what was recorded, or was not recorded by the service\n',
    stderr: /^sotto: the database is [^\n]+\n$/,
  })
})

t.test(
  'whoever is let in or shut out at the command line is in the trail, in the same transaction',
  async (t) => {
    const settings = { DATABASE_URL: url, KEYRING_FILE: keyringFile }
    const staff = (...words: string[]) => run('sotto', ['staff', ...words], settings)
    const added = await staff(
      'add',
      '--name',
      'Ada Example',
      '--role',
      'partner',
      '--agency',
      'housing',
      '--json',
    )
    const { id } = JSON.parse(added.stdout)
    const [issuer, subject] = ['https://login.example.org', '248289761001']
    await staff('map', '--issuer', issuer, '--subject', subject, '--name', 'Ada Example')
    await staff('revoke', '--name', 'Ada Example')
    t.match(await staff('revoke', '--name', 'Nobody Example'), { code: 1 })
    const rows = () =>
      asSuperuser(url, async (client) => {
        const { rows } = await client.query(
          'SELECT actor, role, action, target FROM audit_records WHERE seq > 12 ORDER BY seq',
        )
        return rows
      })
    const login = createHash('sha256').update(`${issuer}\n${subject}`).digest('hex')
    const operator = { actor: 'operator', role: 'cli', action: 'administration' }
    t.strictSame(await rows(), [
      { ...operator, target: `staff/${id}/token/partner/housing` },
      { ...operator, target: `staff/${id}/login/sha256=${login}` },
      { ...operator, target: `staff/${id}/revoked` },
    ])
    t.notOk((await verifyTrail(pool)).broken)

    await asSuperuser(url, (client) =>
      client.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
                  CREATE TRIGGER refuse BEFORE INSERT ON audit_records FOR EACH ROW EXECUTE FUNCTION refuse()`),
    )
    t.match(await staff('add', '--name', 'Bea Example', '--role', 'triager'), { code: 1, stdout: '' })
    const { tokens } = JSON.parse((await staff('list', '--json')).stdout)
    t.notOk(
      tokens.some(({ name }: { name: string }) => name === 'Bea Example'),
      'no record, no token',
    )
  },
)

t.test('a report that the target does not name is not what the database derived', async (t) => {
  await tamper(
    'ALTER TABLE audit_records ALTER COLUMN report_id DROP EXPRESSION',
    'UPDATE audit_records SET report_id = gen_random_uuid() WHERE seq = 4',
  )
  t.match(await verifyTrail(pool), { broken: { seq: 4, flaw: 'changed' } })
})

t.end()
