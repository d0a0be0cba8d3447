import { dirname } from 'node:path'

/**
 * What these files look at is the process itself, or what the whole machine does: each has one of its own. They are the
 * longest too, and begin first.
 */
const alone = [
  'durability/kill',
  'mixing/inTheWay',
  'privacy/leak',
  'simulation/',
  'retention/killed',
  'images/',
  'storage/plans',
  'http/busyCore',
  'embedded/',
  'plugins/memoryBudget',
  'hardening',
]
/** Folders whose files take longest together: they begin before the others, so that none is left over at the end. */
const long = ['cli', 'mailbox', 'http', 'triage', 'audit', 'durability', 'retention', 'auth', 'mixing']
/** To load the service takes each process a second of a processor and more, and as long again until its code is warm. */
const filesAtMost = 11

/** Which test files run together in one process, by their paths: those of a folder, or of several small ones. */
export function processesFor(files: readonly string[]): string[][] {
  const first = alone.flatMap((start) => files.filter((file) => file.startsWith(start)))
  const others = files.filter((file) => !first.includes(file))
  const filesOf = (folder: string) => others.filter((file) => dirname(file) === folder)
  const folders = [...new Set(others.map((file) => dirname(file)))]
  const ofLong = long.map(filesOf).flatMap(parts)
  const ofOthers = folders.filter((folder) => !long.includes(folder)).map(filesOf)
  return [...first.map((file) => [file]), ...ofLong, ...joined(ofOthers.flatMap(parts))]
}

/** In parts of about the same size. */
function parts(files: string[]): string[][] {
  const count = Math.ceil(files.length / filesAtMost)
  return Array.from({ length: count }, (_, part) => files.filter((_, index) => index % count === part))
}

/** Neighbours put together, as far as they fit. */
function joined(groups: readonly string[][]): string[][] {
  const wholes: string[][] = []
  for (const group of groups) {
    const last = wholes.at(-1)
    if (last !== undefined && last.length + group.length <= filesAtMost) last.push(...group)
    else wholes.push([...group])
  }
  return wholes
}
