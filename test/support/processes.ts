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
const long = ['cli', 'mailbox', 'http', 'triage', 'audit', 'durability', 'retention', 'auth', 'webhooks']
const filesAtMost = 7

/** Which test files run together in one process, by their paths: those of one folder, few at a time. */
export function processesFor(files: readonly string[]): string[][] {
  const first = alone.flatMap((start) => files.filter((file) => file.startsWith(start)))
  const others = files.filter((file) => !first.includes(file))
  const rank = (folder: string) => (long.includes(folder) ? long.indexOf(folder) : long.length)
  const folders = [...new Set(others.map((file) => dirname(file)))].toSorted((a, b) => rank(a) - rank(b))
  const together = folders.map((folder) => others.filter((file) => dirname(file) === folder))
  return [...first.map((file) => [file]), ...together.flatMap(parts)]
}

/** In parts of about the same size. */
function parts(files: string[]): string[][] {
  const count = Math.ceil(files.length / filesAtMost)
  return Array.from({ length: count }, (_, part) => files.filter((_, index) => index % count === part))
}
