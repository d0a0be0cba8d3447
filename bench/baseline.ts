import { randomUUID } from 'node:crypto'
import fastify from 'fastify'
import pg from 'pg'
import { validateBySchema } from '../src/plugins/validation.ts'
import { ref } from '../src/schemas/component.ts'
import { type Report, ReportDraft } from '../src/schemas/report.ts'
import type { Scope } from '../src/scope.ts'

/*
 * What Sotto is measured against: the service that one would write without its promises. The same schema checks the
 * same bodies; then the report is stored as plain JSON, one INSERT a request. Without DATABASE_URL it is not stored
 * at all: what HTTP and JSON cost by themselves.
 */

const url = process.env.DATABASE_URL
const store = url === undefined ? async () => {} : await openStore(url)

async function openStore(connectionString: string): Promise<(id: string, report: Report) => Promise<void>> {
  const pool = new pg.Pool({ connectionString, max: 10 })
  await pool.query(`CREATE TABLE IF NOT EXISTS naive_reports (
    id uuid PRIMARY KEY, received_at timestamptz NOT NULL DEFAULT now(), category text NOT NULL, report jsonb NOT NULL)`)
  return async (id, report) => {
    await pool.query({
      name: 'insert-report',
      text: 'INSERT INTO naive_reports (id, category, report) VALUES ($1, $2, $3)',
      values: [id, report.category, report],
    })
  }
}

const app: Scope = fastify({ logger: false })
validateBySchema(app)
app.post('/v1/reports', { schema: { body: ref(ReportDraft) } }, async (request, reply) => {
  const id = randomUUID()
  await store(id, request.body)
  return reply.code(201).send({ id })
})
process.stdout.write(`listens at ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
