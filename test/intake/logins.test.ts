import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { describeRights } from '../../src/storage/loginRights.ts'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { t } from '../support/suite.ts'

/** WRITE_LOGINS=1 writes the page anew; its beginning, up to the first role, is written by hand. */
const page = fileURLToPath(new URL('../../../docs/database-logins.md', import.meta.url))
const begins = '## sotto_intake\n'

const { url } = await cloneDatabase(t)

t.test('docs/database-logins.md says exactly what each login can do', async (t) => {
  const rights = await asSuperuser(url, rightsSeenBy)
  const written = await readFile(page, 'utf8')
  const intro = written.slice(0, written.indexOf(begins))
  if (process.env.WRITE_LOGINS !== undefined) await writeFile(page, intro + rights)
  t.ok(intro.length > 100)
  t.equal(await readFile(page, 'utf8'), intro + rights, 'WRITE_LOGINS=1 writes it anew')
})

t.test('a right more, or one less, shows', async (t) => {
  const before = await asSuperuser(url, rightsSeenBy)
  for (const change of [
    'GRANT INSERT ON box_reports TO sotto_intake',
    'GRANT SELECT (id) ON reports TO sotto_intake',
    'GRANT SELECT ON reports TO PUBLIC',
    'GRANT EXECUTE ON FUNCTION lock_mailbox(bytea) TO sotto_intake',
    'GRANT USAGE ON SEQUENCE event_ids TO sotto_intake',
    'REVOKE SELECT ON listed_reports FROM sotto_triage',
    'DROP POLICY turns_of_partner ON turns',
  ]) {
    const changed = await asSuperuser(url, async (client) => {
      await client.query('BEGIN')
      await client.query(change)
      const rights = await rightsSeenBy(client)
      await client.query('ROLLBACK')
      return rights
    })
    t.not(changed, before, change)
  }
})

function rightsSeenBy(client: pg.Client): Promise<string> {
  return describeRights(async ({ text, values }) => (await client.query({ text, values: [...values] })).rows)
}

t.end()
