import assert from 'node:assert/strict'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inBrowser } from './browser.ts'
import { clientTool, root } from './clientTools.ts'
import { command } from './command.ts'
import { nodes } from './nodes.ts'
import { withService } from './runningService.ts'
import type { Step } from './step.ts'

const client = join(root, 'client')
const program = fileURLToPath(new URL('../../../test/clients/package', import.meta.url))
const install = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const life = [
  'solved a challenge',
  '1 message, 1 image',
  'report-changed',
  'exported',
  '401: contact has ended',
]

export const compareClientTypes: Step = {
  name: 'the types of the client are what the generator makes of openapi.yaml',
  async run() {
    const made = await command(client, [process.execPath, 'scripts/types.js', '--print'])
    assert.ok(made === (await readFile(join(client, 'src/contract.ts'), 'utf8')), 'npm run openapi')
  },
}

export const useClientPackage: Step = {
  name: 'client package: packed, it installs in an empty folder, compiles, and works in Node 20, 22, 24 and a browser',
  run: () =>
    inFolder(async (folder) => {
      await installPacked(folder)
      await cp(program, folder, { recursive: true })
      const typescript = join(program, '../node_modules/typescript/bin/tsc')
      await clientTool(['npx', 'tsc', '--version'])
      await command(folder, [process.execPath, typescript])
      await shakesOff(folder)
      await withService(
        async ({ base, tokens }) => {
          const { supervisor = '' } = await tokens()
          const environment = { SOTTO: base, TOKEN: supervisor, PIXEL: pixel }
          for (const node of await nodes(folder)) {
            const out = await command(folder, [node, '--input-type=module', '-e', runInNode], environment)
            assert.deepEqual(JSON.parse(out), life, node)
          }
          const page = await bundle(folder, runInBrowser)
          const shown = await inBrowser({ 'page.js': page, 'index.html': html(base) }, (tab) =>
            tab.run(`use(${JSON.stringify([base, supervisor, pixel])})`),
          )
          if (shown !== undefined) assert.deepEqual(shown, life, 'in the browser')
        },
        { CHALLENGE: 'always', CORS_ORIGINS: '*' },
      )
    }),
}

const runInNode = `
  const { use } = await import('./use.js')
  const { SOTTO, TOKEN, PIXEL } = process.env
  console.log(JSON.stringify(await use(SOTTO, TOKEN, Buffer.from(PIXEL, 'base64'))))`

const runInBrowser = `
  import { use } from './use.js'
  const bytesOf = (base64) => Uint8Array.from(atob(base64), (symbol) => symbol.charCodeAt(0))
  globalThis.use = ([base, token, pixel]) => use(base, token, bytesOf(pixel))`

/** A page under the policy that docs/front-ends.md advises: the client needs no worker, and nothing inline. */
function html(base: string): string {
  const policy = `default-src 'none'; script-src 'self'; connect-src ${base}`
  return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><title>A page</title>
    <script type="module" src="page.js"></script>`
}

/** Packs the client as it would be published, looks at what is in it, and installs it where there is nothing else. */
async function installPacked(folder: string): Promise<void> {
  await command(client, ['npm', 'ci', ...install])
  const out = await command(client, [
    'npm',
    'pack',
    '--json',
    '--loglevel=error',
    '--pack-destination',
    folder,
  ])
  const [packed] = JSON.parse(out) as [{ filename: string; files: { path: string }[] }]
  const top = new Set(packed.files.map(({ path }) => path.split('/')[0]))
  assert.deepEqual([...top].toSorted(), ['LICENSE', 'README.md', 'dist', 'examples', 'package.json'])
  await writeFile(join(folder, 'package.json'), '{"private": true, "type": "module"}')
  await command(folder, ['npm', 'install', ...install, packed.filename])
  assert.deepEqual(
    (await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.')),
    ['altcha-lib', 'sotto-client'],
  )
}

/** A receiver of webhooks that is bundled holds nothing of the rest. */
async function shakesOff(folder: string): Promise<void> {
  const text = await bundle(folder, "export { verifyWebhook } from 'sotto-client'")
  assert.ok(text.length < 4_000, `${text.length} characters`)
  assert.doesNotMatch(text, /altcha|idempotency-key|PBKDF2/)
}

async function bundle(folder: string, source: string): Promise<string> {
  await writeFile(join(folder, 'entry.js'), source)
  const target = join(folder, 'bundle.js')
  await clientTool([
    'npx',
    'esbuild',
    join(folder, 'entry.js'),
    '--bundle',
    '--minify',
    '--format=esm',
    '--log-level=error',
    `--outfile=${target}`,
  ])
  return readFile(target, 'utf8')
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-client-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
