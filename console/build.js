import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Builds the staff console into build/console: one page, and parts whose names change with their content. With
 * `--if-changed` it does nothing where what it is made from is what it was made from last.
 */
const top = fileURLToPath(new URL('..', import.meta.url))
const target = join(top, 'build/console')
const note = join(target, 'made-from')

const madeFrom = hashOf([
  ...filesIn(join(top, 'console')),
  ...filesIn(join(top, 'client/src')),
  join(top, 'src/auth/permissions.ts'),
  join(top, 'src/plainText.ts'),
  join(top, 'package-lock.json'),
])
const isMade = existsSync(note) && readFileSync(note, 'utf8') === madeFrom
if (!(process.argv.includes('--if-changed') && isMade)) await build()

async function build() {
  // Loaded only where there is something to build: it starts a program of its own.
  const { build: bundle } = await import('esbuild')
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  const { metafile } = await bundle({
    absWorkingDir: top,
    entryPoints: ['console/main.tsx', 'console/style/style.css'],
    outdir: target,
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: ['chrome111', 'firefox114', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  const names = Object.entries(metafile.outputs).flatMap(([path, { entryPoint }]) =>
    entryPoint === undefined ? [] : [[entryPoint, relative(target, join(top, path))]],
  )
  const named = new Map(names)
  copyFileSync(new URL('icon.svg', import.meta.url), join(target, 'icon.svg'))
  const page = readFileSync(new URL('index.html', import.meta.url), 'utf8')
    .replace('{script}', named.get('console/main.tsx'))
    .replace('{style}', named.get('console/style/style.css'))
    .replace('{parts}', partsOf(metafile.outputs, named.get('console/main.tsx')).join('\n'))
  writeFileSync(join(target, 'index.html'), page)
  writeFileSync(note, madeFrom)
}

/** What the first script needs at once comes with it, and not one after the other. */
function partsOf(outputs, entry) {
  const isEntry = (path) => path.endsWith(`/${entry}`)
  const [, { imports }] = Object.entries(outputs).find(([path]) => isEntry(path))
  return imports
    .filter(({ kind }) => kind === 'import-statement')
    .map(
      ({ path }) => `<link rel="modulepreload" href="/console/assets/${relative(target, join(top, path))}">`,
    )
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(relative(top, file)).update('\0').update(readFileSync(file))
  return hash.digest('hex')
}
