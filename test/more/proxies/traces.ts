import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Where these bytes lie in files that a process and its children hold open, deleted ones too, or in these folders. */
export async function tracesOf(
  needles: readonly Buffer[],
  pid: number,
  folders: readonly string[],
): Promise<string[]> {
  const files = [...(await openFiles(pid)), ...(await Promise.all(folders.map(filesIn))).flat()]
  const found: string[] = []
  for (const file of files) {
    const bytes = await readFile(file).catch(() => Buffer.alloc(0))
    if (needles.some((needle) => bytes.includes(needle))) found.push(file)
  }
  return found
}

async function openFiles(pid: number): Promise<string[]> {
  const found: string[] = []
  for (const one of await family(pid)) {
    for (const fd of await readdir(`/proc/${one}/fd`).catch(() => [])) {
      const path = `/proc/${one}/fd/${fd}`
      const isFile = await stat(path).then(
        (about) => about.isFile(),
        () => false,
      )
      if (isFile && (await readlink(path).catch(() => '')).startsWith('/')) found.push(path)
    }
  }
  return found
}

async function family(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  const all = [pid]
  for (const child of children.split(' ').filter(Boolean)) all.push(...(await family(Number(child))))
  return all
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}
