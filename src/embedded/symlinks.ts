import { randomUUID } from 'node:crypto'
import { readFile, rename, stat, symlink, unlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { codeOf, EmbeddedPostgresError } from './fault.ts'

interface Link {
  source: string
  target: string
}

/**
 * Makes the library links that an npm package cannot carry and its (blocked) install script would have made. Links
 * that are there already are left alone, so a read-only folder is fine once they are made. Each appears in one step
 * under its final name, so any number of processes may do this at once.
 */
export async function linkLibraries(packageFolder: string): Promise<void> {
  for (const { source, target } of await linksOf(packageFolder)) {
    const path = join(packageFolder, target)
    if (await exists(path)) continue
    await placeLink(relative(dirname(target), source), path).catch((error: unknown) => {
      throw new EmbeddedPostgresError(
        `the library links of Postgres cannot be made in ${packageFolder} (${codeOf(error) ?? 'unknown error'}): ` +
          'start once with that folder writable',
      )
    })
  }
}

async function linksOf(packageFolder: string): Promise<Link[]> {
  const list = join(packageFolder, 'native', 'pg-symlinks.json')
  return (await exists(list)) ? (JSON.parse(await readFile(list, 'utf8')) as Link[]) : []
}

async function placeLink(source: string, path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  await symlink(source, draft)
  await rename(draft, path).catch(async (error: unknown) => {
    await unlink(draft)
    throw error
  })
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
