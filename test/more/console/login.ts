import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import type { Browser } from 'playwright-core'
import { audience, signingKey, startIssuer } from '../../support/issuer.ts'
import { meetsWcag } from '../pages/looks.ts'
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

/** On the pages that need no script: by the word that was shown. No code stays in the address, and nothing in the browser. */
async function partnerSignsIn(
  browser: Browser,
  { base, issuer, javaScriptEnabled }: { base: string; issuer: string; javaScriptEnabled: boolean },
): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled })
  context.setDefaultTimeout(30_000)
  await context.addCookies([{ name: 'as', value: 'philippa', url: issuer }])
  const page = await context.newPage()
  const look = javaScriptEnabled ? meetsWcag : async () => undefined
  await page.goto(`${base}/partner/`)
  await look('partner, two ways in', page)
  await page.getByRole('button', { name: 'Sign in with your organisation' }).click()
  const word = (await page.locator('#word').textContent()) ?? ''
  await look('partner, a word', page)
  await page.locator('a[data-main]').click()
  await page.locator('[name=back]').waitFor({ state: 'attached' })
  await look('partner, which word', page)
  await page.getByRole('button', { name: word, exact: true }).click()
  await page.getByText('Signed in as philippa@').waitFor()
  assert.equal(page.url(), `${base}/partner/`, 'no code stays in the address')
  const kept = (await context.cookies()).map(({ name }) => name)
  assert.deepEqual(
    kept.filter((name) => !/^(as|_session|_interaction)/.test(name)),
    [],
    'the issuer’s own alone',
  )
  await page.locator('[data-main]').click()
  await page.locator('[name=category]').first().waitFor()
  await context.close()
}

export const signInAtIssuer: Step = {
  name: 'console: an officer, and without a script a partner, sign in at the issuer by code and PKCE; nothing of it stays',
  async run() {
    const endings: (() => Promise<void>)[] = []
    try {
      const port = await freePort()
      const people = {
        ada: { roles: ['triager'] },
        philippa: { roles: ['partner'], agency: 'harbour-care' },
      }
      const lifetime = { after: (ending: () => Promise<void>) => void endings.push(ending) }
      const at = `http://127.0.0.1:${port}/console/`
      const { issuer } = await startIssuer(lifetime, people, [await signingKey('ES256', 'one')], at)
      const settings = {
        PORT: String(port),
        OIDC_ISSUER: issuer,
        OIDC_AUDIENCE: audience,
        OIDC_CLIENT_ID: 'sotto-console',
      }
      await atConsoles(async (browser, { base, sotto }) => {
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
        await context.close()
        await sotto('agency', 'add', '--slug', 'harbour-care', '--name', 'Harbour Care', '--kind', 'provider')
        for (const javaScriptEnabled of [false, true])
          await partnerSignsIn(browser, { base, issuer, javaScriptEnabled })
      }, settings)
    } finally {
      for (const end of endings.toReversed()) await end()
    }
  },
}
