import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Gathers the packages that the built code imports into few files below build/node_modules, where Node looks first: they
 * are a thousand small modules, and to load them one by one takes each start half a second of a processor. What is not
 * there is loaded from node_modules as ever, and so is everything without that folder.
 */
const top = fileURLToPath(new URL('..', import.meta.url))
const target = join(top, 'build/node_modules')
const note = join(target, 'made-from')
/** Until all is there: half of it would be worse than nothing. */
const making = join(top, 'build/gathering')

/** Of what tests alone import, that which works with the inner parts of one of these. */
const besides = ['ajv-formats']
/** They hold machine code, or read files that lie beside them. */
const left = ['sharp', 'sodium-native', '@fastify/swagger-ui']
/** What those that are gathered load if it is there, and we do not have. */
const never = ['pg-native', 'mysql', 'mysql2', 'mssql', 'mssql/msnodesqlv8', 'sqlite3', 'better-sqlite3']

export async function gather() {
  const wanted = importedBy(['src', 'test', 'bench', 'client'])
  const hash = createHash('sha256').update(JSON.stringify(wanted))
  for (const file of ['package-lock.json', 'bin/gather.js']) hash.update(readFileSync(join(top, file)))
  const madeFrom = hash.digest('hex')
  if (existsSync(note) && readFileSync(note, 'utf8') === madeFrom) return

  // Loaded only where there is something to do: it starts a program of its own.
  const { build } = await import('esbuild')
  for (const folder of [target, making]) rmSync(folder, { recursive: true, force: true })
  await build({
    absWorkingDir: top,
    entryPoints: await Promise.all(wanted.map(writeWhole)),
    outdir: making,
    outExtension: { '.js': '.mjs' },
    chunkNames: '.parts/[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // An error is logged by the name of its class.
    keepNames: true,
    external: [...left, ...never],
    banner: { js: requireOfOld },
    logLevel: 'error',
  })
  for (const name of new Set(wanted.map(packageOf))) describe(name, wanted)
  writeFileSync(join(making, 'made-from'), madeFrom)
  rmSync(join(making, '.whole'), { recursive: true })
  renameSync(making, target)
}

/** Packages of the old kind ask for Node's own modules so. */
const requireOfOld =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

/** What our dependencies are imported by, as the code says it. */
function importedBy(folders) {
  const { dependencies } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'))
  const isOurs = (name) =>
    name in dependencies && !left.includes(name) && !dependencies[name].startsWith('file:')
  const found = new Set()
  for (const folder of folders.map((name) => join(top, 'build', name)).filter((path) => existsSync(path))) {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.js')) continue
      for (const [, name] of readFileSync(join(folder, file), 'utf8').matchAll(imports)) found.add(name)
    }
  }
  return [...found].filter((name) => isOurs(packageOf(name)) || besides.includes(name)).sort()
}

const imports = /\b(?:from |import |import\()['"]([@a-z][^'":]*)['"]/g

function packageOf(name) {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}

/** A module a name, with all that Node finds in it: of packages of the old kind it finds names that no bundler does. */
async function writeWhole(name) {
  const names = Object.keys(await import(name)).filter((one) => /^\w+$/.test(one))
  const path = join(making, '.whole', `${name}.mjs`)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `export { ${names.join(', ')} } from '${name}'\n`)
  return { in: path, out: placeOf(name) }
}

/** Where the module lies, without its ending. */
function placeOf(name) {
  return name === packageOf(name) ? `${name}/index` : name
}

/** Says to Node which file is which. */
function describe(name, wanted) {
  const files = wanted
    .filter((one) => packageOf(one) === name)
    .map((one) => [`.${one.slice(name.length)}`, `.${placeOf(one).slice(name.length)}.mjs`])
  writeFileSync(
    join(making, name, 'package.json'),
    JSON.stringify({ name, type: 'module', exports: Object.fromEntries(files) }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await gather()
