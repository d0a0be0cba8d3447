import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { audience, signingKey, startIssuer } from '../../support/issuer.ts'
import type { Step } from '../step.ts'
import { atConsoles, sendReport } from './open.ts'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

export const signInAtIssuer: Step = {
  name: 'console: an officer signs in at the issuer by code and PKCE; verifier and state are gone after it, and so is the code',
  async run() {
    const endings: (() => Promise<void>)[] = []
    try {
      const port = await freePort()
      const people = { ada: { roles: ['triager'] } }
      const lifetime = { after: (ending: () => Promise<void>) => void endings.push(ending) }
      const at = `http://127.0.0.1:${port}/console/`
      const { issuer } = await startIssuer(lifetime, people, [await signingKey('ES256', 'one')], at)
      const settings = {
        PORT: String(port),
        OIDC_ISSUER: issuer,
        OIDC_AUDIENCE: audience,
        OIDC_CLIENT_ID: 'sotto-console',
      }
      await atConsoles(async (browser, { base }) => {
        await sendReport(base, {
          category: 'property-misuse',
          narrative: 'A fictional house, let to too many people.',
        })
        const context = await browser.newContext()
        // Who one is, as the issuer of the tests takes it.
        await context.addCookies([{ name: 'as', value: 'ada', url: issuer }])
        const page = await context.newPage()
        const complaints: string[] = []
        page.on('console', (message) => {
          if (/Content Security Policy|Refused|TypeError/.test(message.text()))
            complaints.push(message.text())
        })
        await page.goto(at)
        await page.getByRole('button', { name: 'Sign in at your organisation' }).click()
        await page.locator('[data-report]').waitFor()
        assert.equal(page.url().split('#')[0], at, 'no code stays in the address')
        assert.equal(await page.evaluate('sessionStorage.length + localStorage.length'), 0)
        assert.deepEqual(complaints, [])
      }, settings)
    } finally {
      for (const end of endings.toReversed()) await end()
    }
  },
}
