import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { openPool } from '../../src/storage/pool.ts'

/** A process that mixes once, to be killed in the midst of it. */
const [url = '', keyringFile = '', now = ''] = process.argv.slice(2)
const pool = openPool(url, 'sotto_triage', 3)
await pool.query({ name: 'ready', text: 'SELECT 1', values: [] })
process.stdout.write('begins\n')
const limits = { reports: 20, mailboxes: 20, messages: 20, attachments: 20 }
const deps = { pool, keyring: readKeyringFile(keyringFile), clock: () => new Date(now), interval: 20, limits }
await mixBox(deps)
process.stdout.write('done\n')
await pool.close()
