import assert from 'node:assert/strict'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inBrowser } from './browser.ts'
import { clientTool } from './clientTools.ts'
import { command } from './command.ts'
import { clientFolder, installedClient } from './installedClient.ts'
import { nodes } from './nodes.ts'
import { withService } from './runningService.ts'
import type { Step } from './step.ts'

const program = fileURLToPath(new URL('../../../test/clients/package', import.meta.url))

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
    const made = await command(clientFolder, [process.execPath, 'scripts/types.js', '--print'])
    assert.ok(made === (await readFile(join(clientFolder, 'src/contract.ts'), 'utf8')), 'npm run openapi')
  },
}

export const useClientPackage: Step = {
  name: 'client package: packed, it installs in an empty folder, compiles, and works in Node 20, 22, 24 and a browser',
  async run() {
    const folder = await installedClient()
    await cp(program, folder, { recursive: true })
    await clientTool(['npx', 'tsc', '--project', folder])
    await shakesOff(folder)
    const settings = { CHALLENGE: 'always', CORS_ORIGINS: '*' }
    await withService(async ({ base, tokens }) => {
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
    }, settings)
  },
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
