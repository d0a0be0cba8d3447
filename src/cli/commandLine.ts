import { createRequire } from 'node:module'
import { plainLine } from '../plainText.ts'
import { reasonOf } from '../start/reason.ts'
import { type Command, type Printed, Refusal, UsageError } from './command.ts'
import { commands } from './commands.ts'

const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string }

/** Runs what the words ask for. Never rejects: a failure is one line on stderr and a code. */
export async function runCommandLine(
  words: readonly string[],
): Promise<Omit<Printed, 'code'> & { code: number }> {
  try {
    return await obey(words)
  } catch (error) {
    const reason = error instanceof Refusal ? error.message : reasonOf(error)
    return { stdout: '', stderr: `sotto: ${plainLine(reason)}\n`, code: error instanceof UsageError ? 2 : 1 }
  }
}

async function obey(words: readonly string[]): Promise<Printed> {
  const command = commands.find(({ name }) => startsWith(words, name))
  if (command !== undefined) return command.run(words.slice(command.name.split(' ').length))
  const [first, second] = words
  if (first === '--version' || first === '-V') return { stdout: `${version}\n`, stderr: '', code: 0 }
  if (first === undefined || isHelp(first)) return { stdout: overview(commands), stderr: '', code: 0 }
  const group = commands.filter(({ name }) => name.startsWith(`${first} `))
  if (group.length === 0) throw new UsageError('no such command: `sotto --help` lists them')
  if (isHelp(second)) return { stdout: overview(group), stderr: '', code: 0 }
  throw new UsageError(`${first} needs one of: ${group.map(({ name }) => name.split(' ')[1]).join(', ')}`)
}

function startsWith(words: readonly string[], name: string): boolean {
  return name.split(' ').every((word, index) => words[index] === word)
}

function isHelp(word: string | undefined): boolean {
  return word === '--help' || word === '-h'
}

function overview(listed: readonly Command[]): string {
  const width = Math.max(...listed.map(({ name }) => name.length))
  return `Usage: sotto <command> [options]

${listed.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`).join('\n')}

Each command has --help and --json. Settings come from the environment, as for the service: DATABASE_URL,
DATA_DIR, KEYRING_FILE and the others of docs/operating.md. Without DATABASE_URL a command works on the
embedded database that DATA_DIR holds, also while the service runs on it; only \`serve\` makes one. The first line,
on stderr, names the database. \`sotto --version\` prints the version.
`
}
