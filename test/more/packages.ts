import { access } from 'node:fs/promises'
import { root } from './clientTools.ts'
import { command } from './command.ts'
import { skipped } from './skipped.ts'

let last: Promise<unknown> = Promise.resolve()

/** Whether these programs are there, after apt has been asked for what lacks. Says loudly what is skipped if not. */
export async function hasPrograms(packages: Readonly<Record<string, string>>): Promise<boolean> {
  // Apt does one thing at a time, and fails where it is asked for two.
  const mine = last.then(() => install(packages))
  last = mine
  const left = await mine
  if (left.length > 0) skipped(`no ${left.join(', ')}, and apt-get cannot install it`)
  return left.length === 0
}

/** What still lacks of these, once it was tried. */
async function install(packages: Readonly<Record<string, string>>): Promise<string[]> {
  if ((await lacking(packages)).length === 0) return []
  try {
    await command(root, ['apt-get', 'update', '-qq'])
    const names = Object.keys(packages)
    await command(root, ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...names], {
      DEBIAN_FRONTEND: 'noninteractive',
    })
  } catch {
    // What lacks is said below.
  }
  return lacking(packages)
}

async function lacking(packages: Readonly<Record<string, string>>): Promise<string[]> {
  const found = await Promise.all(
    Object.values(packages).map((path) =>
      access(path).then(
        () => [],
        () => [path],
      ),
    ),
  )
  return found.flat()
}
