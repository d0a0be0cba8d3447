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
const { store, read } =
  url === undefined ? { store: async () => {}, read: async () => ({}) } : await openStore(url)

async function openStore(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: 10 })
  await pool.query(`CREATE TABLE IF NOT EXISTS naive_reports (
    id uuid PRIMARY KEY, received_at timestamptz NOT NULL DEFAULT now(), category text NOT NULL, report jsonb NOT NULL)`)
  await pool.query(`CREATE TABLE IF NOT EXISTS naive_reads (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id uuid NOT NULL, read_at timestamptz NOT NULL DEFAULT now())`)
  return {
    store: async (id: string, report: Report): Promise<void> => {
      await pool.query({
        name: 'insert-report',
        text: 'INSERT INTO naive_reports (id, category, report) VALUES ($1, $2, $3)',
        values: [id, report.category, report],
      })
    },
    /** With a durable row that it was read: that much anybody would have to keep. */
    read: async (id: string): Promise<unknown> => {
      const { rows } = await pool.query({
        name: 'read-report',
        text: `WITH noted AS (INSERT INTO naive_reads (id) VALUES ($1))
               SELECT id, received_at, category, report FROM naive_reports WHERE id = $1`,
        values: [id],
      })
      return rows[0] ?? {}
    },
  }
}

const app: Scope = fastify({ logger: false })
validateBySchema(app)
app.post('/v1/reports', { schema: { body: ref(ReportDraft) } }, async (request, reply) => {
  const id = randomUUID()
  await store(id, request.body)
  return reply.code(201).send({ id })
})
app.get('/v1/reports/:id', async (request) => read((request.params as { id: string }).id))
process.stdout.write(`listens at ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
