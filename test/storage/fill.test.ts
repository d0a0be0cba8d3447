import pg from 'pg'
import { fill, plateOf } from '../../bench/fill.ts'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { callerWith } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

t.test(
  'what the bench fills a database with are reports, as lists, searches and officers find them',
  async (t) => {
    const service = await startTestService(t)
    const client = new pg.Client({ connectionString: service.databaseUrl })
    await client.connect()
    const indexes = () =>
      client.query('SELECT indexname FROM pg_indexes WHERE schemaname = $1 ORDER BY 1', ['public'])
    const { rows: before } = await indexes()
    const narrative = 'A fictional osprey over a fictional canal.'
    await fill(client, readKeyringFile(service.keyringFile), 60, [sampleReport({ narrative })])
    t.same((await indexes()).rows, before, 'every index is there again')
    await client.end()

    const sade = callerWith(service, await service.token('supervisor'))
    const search = { body: { q: `osprey ${plateOf(3, 60)}`, limit: 50 } }
    const found = await sade.call<{ items: { id: string }[]; searched: number }>(
      'POST',
      '/v1/triage/reports/search',
      search,
    )
    t.match([found.body.items.length, found.body.searched], [10, 60])
    const opened = await sade.call('GET', `/v1/triage/reports/${found.body.items[0]?.id}`)
    t.match(opened.body, { report: { narrative } })
  },
)

t.end()
