import { categories, check, connect, isSottoError, mailbox, prepare, report } from 'sotto-client'

/**
 * A front end's whole life, without its screens: SOTTO_URL=http://127.0.0.1:8080 node front-end.js
 * A real one shows what is printed here, and prints nothing.
 */
const sotto = connect(process.env.SOTTO_URL ?? 'http://127.0.0.1:8080', {
  onWait: (why) => say({ challenge: 'One moment …', busy: 'In line …', 'no-answer': 'Trying again …' }[why]),
})

// 1. What can be reported, with signs to look for and who else can help.
const { items } = await categories(sotto)
const category = items.find(({ slug }) => slug === 'property-misuse') ?? items[0]
say(`${category.name}: ${category.signs[0]}`)

// 2. What may give the reporter away, before anything is sent.
const draft = {
  category: category.slug,
  narrative: 'I am the caretaker. Twelve people live at 14 Marrow Close.',
}
const { warnings } = await check(sotto, draft)
for (const { code, start, end } of warnings) say(`${code}: “${draft.narrative.slice(start, end)}”`)
draft.narrative = 'Around twelve people live at 14 Marrow Close.'

// 3. Send it. The bytes are fixed first, and kept in memory alone, so that "Try again" is never a second report.
const letter = prepare(draft)
const { receipt, notice, signposts } = await untilSent()
say(`Write this down, it is shown once: ${receipt}`)
say(notice)
for (const { label, phone, url } of signposts) say(`${label}: ${phone ?? url}`)

// 4. Days later, with the receipt as somebody typed it.
const box = mailbox(sotto, receipt.toLowerCase().replaceAll('-', ' '))
await box.write('The mattresses went out on Tuesday.')
const { status, messages } = await box.read()
say(`${status}: ${messages.map(({ from, text }) => `${from}: ${text}`).join('; ')}`)

// 5. The reporter has had enough.
await box.end()
say('Contact has ended.')

async function untilSent() {
  for (;;) {
    try {
      return await report(sotto, letter)
    } catch (error) {
      // Nothing came back. The report may have arrived: the same again is safe, however long it takes.
      if (!isSottoError(error, 'unreachable', 'unexpected-answer')) throw error
      say('No connection. Trying again …')
    }
  }
}

function say(text) {
  process.stdout.write(`${text}\n`)
}
