import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * `npm run compile`, and what `npm start` does first: compiles `src`, gathers the packages that it imports and builds the console, each
 * only where what it is made from is not what it was made from last. To ask the compiler whether something changed would take
 * it half a second.
 */
const top = fileURLToPath(new URL('..', import.meta.url))
const note = join(top, 'build/src/made-from')

export async function compile() {
  const madeFrom = hashOf([...filesIn('src'), ...filesIn('client/src'), ...made])
  if (!isMadeFrom(madeFrom)) {
    rmSync(note, { force: true })
    const status = await run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.src.json')
    if (status !== 0) return status
    const gathered = run('bin/gather.js')
    const built = await buildConsole()
    if ((await gathered) !== 0) return 1
    writeFileSync(note, madeFrom)
    return built
  }
  return buildConsole()
}

function buildConsole() {
  return run('console/build.js', '--if-changed')
}

/** Whether what lies there was made from that, and by nobody else since. */
function isMadeFrom(sources) {
  if (!existsSync(note) || readFileSync(note, 'utf8') !== sources) return false
  const { mtimeMs } = statSync(note)
  return filesIn('build/src').every((file) => statSync(file).mtimeMs <= mtimeMs)
}

const made = ['tsconfig.json', 'tsconfig.src.json', 'package-lock.json'].map((name) => join(top, name))

function filesIn(folder) {
  return readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(relative(top, file)).update('\0').update(readFileSync(file))
  return hash.digest('hex')
}

async function run(...words) {
  const [code] = await once(spawn(process.execPath, words, { cwd: top, stdio: 'inherit' }), 'exit')
  return code ?? 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await compile()
