import type { Pool, Query } from '../../src/storage/pool.ts'

interface Explained {
  'QUERY PLAN': [{ Plan: { 'Shared Hit Blocks'?: number; 'Shared Read Blocks'?: number } }]
}

/** Pages of 8 KiB that each statement of `work` touches, by its name. All of it is undone. */
export async function pagesTouched(
  pool: Pool<'sotto_triage'>,
  mode: 'force_custom_plan' | 'force_generic_plan',
  work: (query: Query) => Promise<unknown>,
): Promise<Map<string, number>> {
  const touched = new Map<string, number>()
  const undone = new Error('undone')
  const done = pool.transaction(async (query) => {
    const plain = (text: string) => query({ name: '', text, values: [] })
    await plain(`SET LOCAL plan_cache_mode = ${mode}`)
    await work(async (statement) => {
      const { name, text, values } = statement
      if (/^\s*(SELECT|INSERT|DELETE|WITH)\b/.test(text)) {
        await plain('SAVEPOINT before')
        const [row] = await query<Explained>({
          name: '',
          text: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
          values,
        })
        await plain('ROLLBACK TO SAVEPOINT before')
        const { 'Shared Hit Blocks': hit = 0, 'Shared Read Blocks': read = 0 } =
          row?.['QUERY PLAN'][0].Plan ?? {}
        touched.set(name, (touched.get(name) ?? 0) + hit + read)
      }
      return query(statement)
    })
    throw undone
  })
  await done.catch((error: unknown) => {
    if (error !== undone) throw error
  })
  return touched
}
