import { asSuperuser } from '../support/cluster.ts'

/** What transactions waited for at their commit, as Postgres itself saw it. */
export interface Commits {
  /** synchronous_commit as it stood at each commit that changed rows, with how often. */
  settings: Record<string, number>
  /** Tables of which rows were changed. */
  tables: string[]
}

const levels = ['off', 'local', 'remote_write', 'on', 'remote_apply']

/**
 * Makes the database count, as the last thing before each commit, what synchronous_commit says. In sequences, since
 * those outlive what is undone, and are changed by no row.
 */
export async function countCommits(url: string): Promise<void> {
  await asSuperuser(url, async (client) => {
    for (const level of levels) await client.query(`CREATE SEQUENCE public.commits_${level}`)
    await client.query(`
      CREATE FUNCTION public.count_commit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        PERFORM nextval('public.commits_' || current_setting('synchronous_commit'));
        PERFORM nextval('public.rows_of_' || TG_TABLE_NAME);
        RETURN NULL;
      END $$`)
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relpersistence = 'p'`,
    )
    for (const { name } of rows) {
      await client.query(`CREATE SEQUENCE public.rows_of_${name}`)
      await client.query(
        `CREATE CONSTRAINT TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON public.${name}
           DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.count_commit()`,
      )
    }
  })
}

export function commitsOf(url: string): Promise<Commits> {
  return asSuperuser(url, async (client) => {
    const { rows } = await client.query<{ name: string; count: number }>(
      `SELECT sequencename AS name, last_value::int AS count FROM pg_sequences
        WHERE sequencename ~ '^(commits|rows_of)_' AND last_value IS NOT NULL ORDER BY 1`,
    )
    const beginning = (prefix: string) =>
      rows
        .filter(({ name }) => name.startsWith(prefix))
        .map(({ name, count }) => [name.slice(prefix.length), count] as const)
    return {
      settings: Object.fromEntries(beginning('commits_')),
      tables: beginning('rows_of_').map(([name]) => name),
    }
  })
}
