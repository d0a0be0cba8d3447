import { randomUUID } from 'node:crypto'
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf, EmbeddedPostgresError } from './fault.ts'
import { birthOf } from './processes.ts'

/**
 * Does `work` while no other process starts or stops the server of this folder. The lock names its holder, so one
 * that was left behind by a killed process is taken over.
 */
export async function withLock<T>(path: string, patience: number, work: () => Promise<T>): Promise<T> {
  const mine = `${process.pid}\n${await birthOf(process.pid)}\n${randomUUID()}`
  const deadline = Date.now() + patience
  while (!(await take(path, mine))) {
    await removeIfAbandoned(path)
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `another process has been holding ${path} for ${patience / 1000} seconds`,
      )
    }
    await sleep(20)
  }
  try {
    return await work()
  } finally {
    await unlink(path).catch(() => undefined)
  }
}

/** A link, unlike a new file, comes into being with its content. */
async function take(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, content, { mode: 0o600 })
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    await unlink(draft)
  }
}

async function removeIfAbandoned(path: string): Promise<void> {
  const content = await readFile(path, 'utf8').catch(() => undefined)
  if (content === undefined || (await isHeld(content))) return
  await removeExactly(path, content)
}

async function isHeld(content: string): Promise<boolean> {
  const [pid = '', ...rest] = content.split('\n')
  const birth = await birthOf(Number(pid))
  return birth !== undefined && birth === rest.slice(0, -1).join('\n')
}

/**
 * Removes the file only if it still holds `content`: two processes that both judge it stale must not remove what a
 * third has since put there. It is set aside, looked at, and put back if it is another.
 */
export async function removeExactly(path: string, content: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if ((await readFile(aside, 'utf8')) !== content) await link(aside, path).catch(() => undefined)
  await unlink(aside)
}
