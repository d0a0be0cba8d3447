import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { loadConfig } from '../../src/config.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

const service = await startTestService(t, {
  environment: {
    REQUIRE_REASON: 'true',
    OIDC_ISSUER: 'https://login.example/realm',
    OIDC_AUDIENCE: 'https://sotto.example',
    OIDC_CLIENT_ID: 'sotto-console',
  },
})
const ask = (url: string, headers: Record<string, string> = {}) => service.app.inject({ url, headers })

t.test('the page takes nothing from elsewhere, and lets no text become markup', async (t) => {
  const { statusCode, headers, body } = await ask('/console/')
  t.equal(statusCode, 200)
  t.match(headers['content-type'], 'text/html')
  t.equal(headers['cache-control'], 'no-store')
  t.equal(headers['set-cookie'], undefined)
  const policy = String(headers['content-security-policy'])
  t.match(policy, /^default-src 'none';/)
  t.match(policy, "require-trusted-types-for 'script'; trusted-types 'none'")
  t.match(policy, "frame-ancestors 'none'")
  t.match(policy, "connect-src 'self' https://login.example;")
  t.notMatch(policy, /unsafe|\*|data:|blob:/)
  t.notMatch(
    body,
    /<script(?![^>]* src="\/console\/assets\/main-)|<style|style="|(?:src|href)="(?!\/console\/assets\/)/,
  )
  t.equal((await ask('/console')).headers.location, '/console/')
})

t.test('the page knows what the deployment asks for, and no secret', async (t) => {
  const { body } = await ask('/console/')
  const told = /name="sotto-settings" content="([^"]*)"/.exec(body)?.[1]?.replaceAll('&quot;', '"') ?? ''
  t.strictSame(JSON.parse(told), {
    requireReason: true,
    signIn: {
      issuer: 'https://login.example/realm',
      clientId: 'sotto-console',
      audience: 'https://sotto.example',
    },
  })
})

t.test('where the issuer gives tokens at another origin, the page may call that too', async (t) => {
  const at = await issuerSaying((issuer) => ({ issuer, token_endpoint: 'https://tokens.example/token' }))
  const { databaseUrl, keyringFile } = service
  const environment = { OIDC_ISSUER: at, OIDC_AUDIENCE: 'https://sotto.example', OIDC_CLIENT_ID: 'sotto' }
  const other = await startTestService(t, { databaseUrl, keyringFile, environment })
  const { headers } = await other.app.inject({ url: '/console/' })
  t.match(headers['content-security-policy'], `connect-src 'self' ${at} https://tokens.example;`)
})

/** An issuer of which only the discovery document is there. */
async function issuerSaying(document: (issuer: string) => object): Promise<string> {
  const server = createServer((_request, response) => response.end(JSON.stringify(document(issuer))))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  t.teardown(() => server.close())
  return issuer
}

t.test('its parts are named by their content, kept for ever, compressed, and small', async (t) => {
  const { body } = await ask('/console/')
  const first = [...body.matchAll(/"(\/console\/assets\/[^"]+)"/g)].map(([, url = '']) => url)
  t.ok(first.length >= 3)
  let bytes = Buffer.byteLength(body)
  for (const url of first) {
    const answer = await ask(url, { 'accept-encoding': 'gzip' })
    t.equal(answer.statusCode, 200, url)
    t.equal(answer.headers['content-encoding'], 'gzip')
    bytes += answer.rawPayload.length
    if (url.endsWith('icon.svg')) continue
    t.match(url, /-[0-9A-Z]{8}\.(js|css)$/)
    t.match(answer.headers['cache-control'], 'immutable')
  }
  t.ok(bytes < 120_000, `${bytes} bytes on the first load`)
  t.equal((await ask('/console/assets/main.js')).statusCode, 404)
  t.equal((await ask('/console/assets/..%2fmade-from')).statusCode, 404)
  const { statusCode, headers } = await service.app.inject({ method: 'POST', url: '/console/' })
  t.strictSame([statusCode, headers.allow], [405, 'GET, HEAD, OPTIONS'])
})

t.test('the sources make no markup of a text, and keep nothing that outlives the tab', async (t) => {
  const folder = fileURLToPath(new URL('../../../console/', import.meta.url))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  )
  t.ok(files.length > 20)
  const sink = /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/
  const storage = /localStorage|indexedDB|document\.cookie|caches\./
  for (const file of files) {
    const source = readFileSync(join(folder, file), 'utf8')
    t.notMatch(source, sink, file)
    t.notMatch(source, storage, file)
    // On the way to the issuer and back alone (docs/console.md).
    if (!file.endsWith('signIn/issuer.ts')) t.notMatch(source, /sessionStorage|document\.title/, file)
  }
})

t.test('what acts instead of being shown is a mark wherever it stands, and a field keeps it', async (t) => {
  const console = fileURLToPath(new URL('../../../console', import.meta.url))
  const { outputFiles } = await build({
    stdin: {
      contents: `import './parts/plain.ts'; export { h, Fragment } from 'preact'; export { jsx } from 'preact/jsx-runtime'`,
      resolveDir: console,
    },
    bundle: true,
    format: 'esm',
    write: false,
  })
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')
  type Make = (
    type: unknown,
    props: object | null,
    ...children: unknown[]
  ) => { props: Record<string, unknown> }
  interface Preact {
    h: Make
    jsx: Make
    Fragment: unknown
  }
  const { h, jsx, Fragment } = (await import(`data:text/javascript;base64,${code}`)) as Preact
  const hostile = 'a\u001b[2J\u009b31m\u202eb\u2066c'
  const shown = 'a\uFFFD[2J\uFFFD31m\uFFFDb\uFFFDc'
  const inner = h('b', { title: hostile, 'aria-label': hostile }, hostile)
  t.match(inner.props, { title: shown, 'aria-label': shown, children: shown })
  t.match(h('p', null, hostile, [hostile, inner], 7).props.children, [shown, [shown, inner], 7])
  t.equal(h(Fragment, null, hostile).props.children, shown)
  t.match(jsx('p', { children: [hostile, ' '] }).props, { children: [shown, ' '] })
  t.match(h('textarea', { value: hostile, name: 'note' }).props, { value: hostile, name: 'note' })
  t.equal(
    h('p', null, 'Mae’r tŷ\n\tשלום 🏴\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}').props.children,
    'Mae’r tŷ\n\tשלום 🏴\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}',
  )
  const main = readFileSync(join(console, 'main.tsx'), 'utf8')
  t.match(main, "import './parts/plain.ts'", 'the page begins with it')
})

t.test('it is off where it is off, and where no staff are served', async (t) => {
  t.throws(() => loadConfig({ CONSOLE: 'yes' }), { message: 'CONSOLE must be one of on, off' })
  t.throws(() => loadConfig({ OIDC_CLIENT_ID: 'x' }), {
    message: 'OIDC_CLIENT_ID needs OIDC_ISSUER beside it',
  })
  const { databaseUrl, keyringFile } = service
  const off = await startTestService(t, { databaseUrl, keyringFile, environment: { CONSOLE: 'off' } })
  for (const url of ['/console/', '/console', '/console/assets/icon.svg']) {
    t.equal((await off.app.inject({ url })).statusCode, 404, url)
  }
})

t.end()
