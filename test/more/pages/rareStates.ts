import { plain } from '../../images/fixtures.ts'
import { openAll, press, type Visit } from './states.ts'

const narrative = 'Every night at ten a white van comes to the yard and drums are carried in.'
const refusing = 'child-sexual-exploitation'

/** What few people meet: problems, a page too old or sent before, a photo that is none, a full mailbox, one that has closed. */
export async function visitRare({ page, base, language, look }: Visit): Promise<void> {
  const go = async (path: string) => void (await page.goto(`${base}${language}${path}`))
  const main = async () => press(page, '[data-main]')
  const at = (state: string) => look(state, page)
  /** As if it had stood there: a page that is old, or was sent before. */
  const set = (name: string, value: string) =>
    page.evaluate(
      `document.querySelectorAll('[name="${name}"]').forEach((one) => { one.value = ${JSON.stringify(value)} })`,
    )
  const checked = async (category: string) => {
    await go('/report')
    await page.check(`input[name=category][value=${category}]`)
    await main()
    await page.fill('[name=narrative]', narrative)
    await main()
  }

  await go('/nowhere')
  await at('problem, no such page')
  await go('/%zz')
  await at('problem, not to be read')

  await go('/report')
  await page.check('input[name=category][value=environmental-crime]')
  await main()
  await set('narrative', 'x'.repeat(1_100_000))
  await main()
  await at('problem, too much')

  await checked('environmental-crime')
  const key = await page.inputValue('[name=key]')
  await main()
  const receipt = (await page.textContent('#receipt')) ?? ''
  await checked(refusing)
  await set('key', `2020-01-01-${'A'.repeat(24)}`)
  await main()
  await at('check, too old')
  await set('key', key)
  await main()
  await at('sent before, and changed since')
  await checked(refusing)
  await main()
  await at('sent, no photos')
  const other = (await page.textContent('#receipt')) ?? ''

  await press(page, 'footer a')
  await page.fill('[name=receipt]', '0000-0000-0000-0000-0000-0000-0000')
  await main()
  await at('mailbox, unknown code')
  await page.fill('[name=receipt]', other)
  await main()
  await at('mailbox, no photos')
  await set('handle', 'x'.repeat(120))
  await main()
  await at('mailbox, closed by itself')
  await page.fill('[name=receipt]', receipt)
  await main()
  await press(page, 'form[enctype] button')
  await at('mailbox, no photo selected')
  const tooShort = (await plain(400, 300).jpeg().toBuffer()).subarray(0, 900)
  for (const [state, buffer] of [
    ['mailbox, no photo at all', Buffer.from('no picture at all')],
    ['mailbox, damaged photo', tooShort],
  ] as const) {
    await page.setInputFiles('[name=image]', { name: 'a.jpg', mimeType: 'image/jpeg', buffer })
    await press(page, 'form[enctype] button')
    await at(state)
  }
  for (let count = 0; count < 11; count++) {
    await page.fill('[name=text]', `They came again: ${count}.`)
    await main()
  }
  await at('mailbox, more than a page')
  await press(page, '.s-messages ~ form:not(:has(textarea)) button')
  await at('mailbox, older messages')
  await press(page, '.govuk-button--warning')
}

/** The form with something wrong in each section. */
export async function visitErrors({ page, base, language, look }: Visit): Promise<void> {
  await page.goto(`${base}${language}/report`)
  await page.check('input[name=category][value=environmental-crime]')
  await press(page, '[data-main]')
  const long = 'x'.repeat(2_100)
  await page.evaluate(
    `document.querySelectorAll('main input[type=text], main textarea').forEach((one) => { one.value = '${long}' })`,
  )
  await press(page, '[data-main]')
  await openAll(page)
  await look('form, with errors in every section', page)
}

/** While many want in and no script runs: a page that is sent too early waits, and so does a mailbox. */
export async function visitWaiting({ page, base, language, look }: Visit): Promise<void> {
  const go = async (path: string) => void (await page.goto(`${base}${language}${path}`))
  await go('/report')
  await page.check('input[name=category][value=environmental-crime]')
  await press(page, '[data-main]')
  await page.fill('[name=narrative]', narrative)
  await press(page, '[data-main]')
  await press(page, '[data-main]')
  await look('check, waiting', page)
  await go('/mailbox')
  await look('mailbox, under load', page)
  await page.fill('[name=receipt]', '0000-0000-0000-0000-0000-0000-0000')
  await press(page, '[data-main]')
  await look('mailbox, waiting', page)
}
