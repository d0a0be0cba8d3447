import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect, mailbox, report, triage } from '../../../client/src/index.ts'
import { plain } from '../../images/fixtures.ts'
import { open, overHttp, press as pressed } from '../../pages/browse.ts'
import { flakyProxy } from '../../support/flakyProxy.ts'
import { until } from '../../support/patience.ts'
import { filesUnder, scanner } from '../../support/scanner.ts'
import { withService } from '../runningService.ts'
import type { Step } from '../step.ts'
import { type FirefoxPage, fill, inFirefox, look, press, textOf, untilShown } from './firefox.ts'
import { unpackedSession } from './mozLz4.ts'
import { kill } from './profiles.ts'

/** The same in Firefox ESR, which is nearest to Tor Browser; by WebDriver BiDi. */

const narrative = 'Every night at ten a white van comes to the yard and drums are carried in.'
const category = 'environmental-crime'

/** Sends a report by the pages. Resolves to the receipt. */
async function reportIn(page: FirefoxPage, base: string, text: string): Promise<string> {
  await page.goto(`${base}/report`)
  await (await page.$(`input[name=category][value=${category}]`))?.click()
  await press(page, '[data-main]')
  await fill(page, '[name=narrative]', text)
  await press(page, '[data-main]')
  await press(page, '[data-main]')
  return textOf(page, '#receipt')
}

async function openMailbox(page: FirefoxPage, base: string, receipt: string): Promise<void> {
  await page.goto(`${base}/mailbox`)
  await fill(page, '[name=receipt]', receipt)
  await press(page, '[data-main]')
}

export const liveInFirefox: Step = {
  name: 'pages: in Firefox a person reports, comes back, replies, adds a photo and ends contact, under the policy',
  run: () =>
    withService(({ base }) =>
      inFirefox({}, async ({ page, profile }) => {
        const complaints: string[] = []
        page.on('console', (message) => complaints.push(message.text()))
        const receipt = await reportIn(page, base, narrative)
        assert.equal(new URL(String(await page.evaluate('location.href'))).pathname, '/report')
        assert.equal(
          await page.evaluate('document.cookie + localStorage.length + sessionStorage.length'),
          '00',
        )
        await openMailbox(page, base, receipt.toLowerCase().replaceAll('-', ' '))
        await fill(page, '[name=text]', 'The drums are blue.')
        await press(page, '[data-main]')
        const photo = join(profile, 'a.jpg')
        await writeFile(photo, await plain(40, 30).jpeg().toBuffer())
        await (await page.$('[name=image]'))?.uploadFile(photo)
        await press(page, 'form[enctype] button')
        const box = mailbox(connect(base), receipt)
        const { messages, attachments } = await box.read()
        assert.deepEqual([messages[0]?.text, attachments.length], ['The drums are blue.', 1])
        await press(page, '.govuk-button--warning')
        await assert.rejects(box.read(), /./, 'contact has ended')
        assert.deepEqual(
          complaints.filter((line) => /Content-Security-Policy|blocked|TypeError/.test(line)),
          [],
        )
      }),
    ),
}

export const useFirefoxWithoutScripts: Step = {
  name: 'pages: in Firefox with scripts off, by the keyboard alone, a person reports, comes back and replies',
  run: () =>
    withService(async ({ base, tokens }) => {
      const { supervisor = '' } = await tokens()
      const sotto = connect(base)
      const site = overHttp(base)
      const ends: (() => Promise<void>)[] = []
      // It lets all through, and tells what came.
      const proxy = await flakyProxy({ after: (end) => void ends.push(end) }, base)
      await inFirefox({ 'javascript.enabled': false }, async ({ page }) => {
        const to = async (html: string, mark: string) => {
          for (let left = stopsTo(html, mark); left > 0; left--) await page.keyboard.press('Tab')
        }
        const enter = async () => {
          const [before, sent] = [await look(page), proxy.came.length]
          await page.keyboard.press('Enter')
          await until(async () => proxy.came.slice(sent).some(({ method }) => method === 'POST'))
          await untilShown(page, before)
        }
        // What the browser shows cannot be read while scripts are off; the same page can, from the service.
        const choose = await open(site, '/report')
        await page.goto(`${proxy.base}/report`)
        await to(choose.html, 'name="category"')
        await page.keyboard.press(' ')
        const first = /name="category"[^>]*value="([^"]+)"/.exec(choose.html)?.[1] ?? ''
        await enter()
        const form = await pressed(site, choose, { category: first })
        await to(form.html, 'name="narrative"')
        await page.keyboard.type(narrative)
        await to(form.html.slice(form.html.indexOf('</textarea>')), 'data-main')
        await enter()
        const check = await pressed(site, form, { narrative })
        await to(check.html, 'data-main')
        await enter()
        let reports = 0
        for await (const _ of triage(sotto, supervisor).each('/v1/triage/reports')) reports++
        assert.equal(reports, 1)

        const { receipt } = await report(sotto, { category, narrative })
        const asked = await open(site, '/mailbox')
        await page.goto(`${proxy.base}/mailbox`)
        await to(asked.html, 'name="receipt"')
        await page.keyboard.type(receipt)
        await enter()
        const opened = await pressed(site, asked, { receipt })
        await to(opened.html, 'name="text"')
        await page.keyboard.type('The drums are blue.')
        await page.keyboard.press('Tab')
        await enter()
        const { messages } = await mailbox(sotto, receipt).read()
        assert.equal(messages[0]?.text, 'The drums are blue.')
      })
      for (const end of ends) await end()
    }),
}

/** How often Tab is pressed from the top of a page without scripts to an element: a group of radios is one stop. */
function stopsTo(html: string, mark: string): number {
  // From the inside out: what few people need stands folded within what is folded.
  const folded =
    /<details(?![^>]*\sopen)[^>]*>\s*(<summary(?:(?!<\/summary>).)*<\/summary>)(?:(?!<details).)*?<\/details>/gs
  let shown = html
  for (let before = ''; before !== shown; ) {
    before = shown
    shown = before.replace(folded, '$1')
  }
  const groups = new Set<string>()
  let stops = 0
  for (const [tag] of shown.matchAll(/<(?:a|button|input|textarea|summary)\b[^>]*>/g)) {
    if (/type="hidden"|tabindex="-1"/.test(tag)) continue
    const group = /type="radio"/.test(tag) ? /name="([^"]+)"/.exec(tag)?.[1] : undefined
    if (group !== undefined && groups.has(group)) continue
    if (group !== undefined) groups.add(group)
    stops++
    if (tag.includes(mark)) return stops
  }
  throw new Error(`there is no ${mark}`)
}

const secrets = { narrative: 'QzJvKxNarrative', reply: 'QzJvKxReplied' }
/** Addresses, which a browser keeps: they show that it writes, and that the scan would find what it wrote. */
const visited = { visited: 'WnRbTyVisited' }

export const scanFirefoxProfile: Step = {
  name: 'pages: with scripts, the profile of a Firefox that was killed holds nothing that was typed, and no receipt',
  run: () =>
    withService(({ base }) =>
      inFirefox(
        // As a person has it, not as a program that drives it does; and sooner than each quarter of a minute.
        { 'browser.sessionstore.resume_from_crash': true, 'browser.sessionstore.interval': 1_000 },
        async ({ browser, page, profile }) => {
          const receipt = await reportIn(
            page,
            base,
            `A fictional ${secrets.narrative}, long enough for a report.`,
          )
          await openMailbox(page, base, receipt)
          await fill(page, '[name=text]', secrets.reply)
          await press(page, '[data-main]')
          await page.goto(`${base}/${visited.visited}`)
          const control = scanner(visited)
          const isWritten = ({ name }: { name: string }) => name.includes('sessionstore-backups/recovery')
          await until(async () =>
            kept(profile)
              .filter(isWritten)
              .some((file) => control(file).length > 0),
          )
          await kill(browser.process()?.pid ?? 0)
          const scan = scanner({ ...secrets, receipt, bare: receipt.replaceAll('-', '') })
          assert.deepEqual(
            kept(profile).flatMap((file) => scan(file)),
            [],
          )
        },
      ),
    ),
}

/** Every file of a profile, and what session files hold. */
function kept(profile: string) {
  return [...filesUnder(profile)].flatMap((file) => {
    const bytes = unpackedSession(file.bytes)
    return bytes === undefined ? [file] : [file, { name: `${file.name}, unpacked`, bytes }]
  })
}
