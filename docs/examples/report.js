import './altcha.js'

/**
 * A front end in one file, by fetch alone, with the widget of ALTCHA (`altcha` 3.x, its external build) for the proof
 * of work. The files beside it come from that package: dist/external/altcha.min.js as altcha.js, dist/external/altcha.css,
 * and dist/workers/pbkdf2.js. Nothing is stored: what is typed lives in the page, and goes when it is closed.
 */
const service = document.querySelector('meta[name=sotto]').content
const at = (id) => document.getElementById(id)
const tries = 5

globalThis.$altcha.algorithms.set('PBKDF2/SHA-256', () => new Worker('pbkdf2.js'))

/** The bytes that were sent, and their key: kept until the receipt is there, whatever goes wrong in between. */
let letter
let categories = []

at('exit').onclick = () => location.replace('https://www.bbc.co.uk/weather')
at('category').onchange = showSigns
at('narrative').oninput = forget
at('category').oninput = forget
at('check').onclick = () => void busy(at('report'), at('problem'), checkDraft)
at('report').onsubmit = (event) => {
  event.preventDefault()
  void busy(at('report'), at('problem'), send)
}
at('mailbox').onsubmit = (event) => {
  event.preventDefault()
  void busy(at('mailbox'), at('mailbox-problem'), openMailbox)
}
void busy(at('report'), at('problem'), loadCategories)

async function loadCategories() {
  categories = (await call('GET', '/v1/categories')).items
  at('category').replaceChildren(...categories.map(({ slug, name }) => new Option(name, slug)))
  showSigns()
}

function showSigns() {
  const { signs = [] } = categories.find(({ slug }) => slug === at('category').value) ?? {}
  at('signs').replaceChildren(...signs.slice(0, 4).map((sign) => element('li', sign)))
}

/** Other words are another report, under another key. */
function forget() {
  letter = undefined
  at('warnings').replaceChildren()
}

function draft() {
  return JSON.stringify({ category: at('category').value, narrative: at('narrative').value })
}

async function checkDraft() {
  const text = at('narrative').value
  const { warnings } = await call('POST', '/v1/reports/check', {}, draft())
  const lines = warnings
    .filter(({ pointer }) => pointer === '/narrative')
    .map(({ start, end }) => element('p', `May tell who you are: “${text.slice(start, end)}”`))
  at('warnings').replaceChildren(
    ...(lines.length > 0 ? lines : [element('p', 'We found nothing that tells who you are.')]),
  )
}

async function send() {
  letter ??= { key: newKey(), bytes: draft() }
  const { receipt, notice, signposts } = await call(
    'POST',
    '/v1/reports',
    { 'idempotency-key': letter.key },
    letter.bytes,
  )
  letter = undefined
  at('report').reset()
  at('report').hidden = true
  at('receipt').value = receipt
  at('notice').textContent = notice
  at('signposts').replaceChildren(
    ...signposts.map(({ label, phone, reason }) =>
      element('li', [label, phone, reason].filter(Boolean).join(': ')),
    ),
  )
  at('sent').hidden = false
}

async function openMailbox() {
  // The service forgives spaces and dashes; a header takes plain characters alone, so that the rest is percent-encoded.
  const authorization = `Bearer ${encodeURIComponent(at('typed').value.trim())}`
  const { status, messages } = await call('GET', '/v1/mailbox', { authorization })
  at('messages').replaceChildren(
    element('p', `Status: ${status}`),
    ...messages.map(({ from, text }) => element('p', `${from === 'staff' ? 'They' : 'You'} wrote: ${text}`)),
  )
}

/** Whether the service ever answered this page, and whether the page's own policy kept a request from it. */
let reached = false
let forbidden = false
document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
  forbidden ||= effectiveDirective === 'connect-src'
})

/** One call: sent again, the same bytes, while no answer comes or there is too much to do; with a proof if one is asked for. */
async function call(method, path, headers = {}, body) {
  let proof = {}
  for (let attempt = 1; ; attempt++) {
    const { answer, content } = await ask(method, path, { ...headers, ...proof }, body)
    reached ||= content !== undefined
    if (answer?.ok && content !== undefined) return content
    const code = content?.code
    if (/^challenge-/.test(code ?? '') && attempt < tries) {
      proof = { 'challenge-solution': await solved() }
      continue
    }
    const passing = answer === undefined || [408, 429, 500, 502, 503, 504].includes(answer.status)
    if (!passing || forbidden || attempt === tries) throw new Error(await explain(answer, content))
    const asked = Number(answer?.headers.get('retry-after') ?? 0)
    await new Promise((resolve) => setTimeout(resolve, 1_000 * Math.max(asked, 2 ** attempt * Math.random())))
  }
}

/** The answer and its JSON; no answer where none came whole, no content where something else than the service answered. */
async function ask(method, path, headers, body) {
  let answer
  let text
  try {
    answer = await fetch(service + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    })
    text = await answer.text()
  } catch {
    return {}
  }
  try {
    return { answer, content: JSON.parse(text) }
  } catch {
    return { answer }
  }
}

/** The widget fetches a challenge, solves it in workers and gives the text for the header. */
async function solved() {
  const widget = at('proof')
  widget.configure({
    challenge: `${service}/v1/challenges`,
    name: 'proof',
    minDuration: 0,
    humanInteractionSignature: false,
  })
  widget.reset()
  const payload = new Promise((resolve) => {
    widget.addEventListener('verified', (event) => resolve(event.detail.payload), { once: true })
  })
  widget.hidden = false
  await widget.verify()
  const text = await payload
  widget.hidden = true
  return text
}

const asSetUp =
  'This page is not set up to reach the service. It is not your fault, and trying again does not help. Call Crimestoppers instead: 0800 555 111.'
const said = {
  malformed: 'This is not a receipt: it has 28 letters and numbers, in seven groups. Look at it again.',
  'wrong-check':
    'One letter or number of the receipt is wrong, or two are the wrong way round. Look at it again.',
}
const labels = { '/category': 'What it is about', '/narrative': 'What happened' }

/** What a person is told: what they can do, and never what they typed. */
async function explain(answer, problem) {
  if (answer === undefined) {
    if (forbidden || (!reached && (await isThere()))) return asSetUp
    const again = 'No connection. What you wrote is still here: try again.'
    return reached ? again : `${again} If it never works, call Crimestoppers: 0800 555 111.`
  }
  if (problem?.code === undefined) {
    return 'Something else than the service answered, such as the login page of a network. What you wrote is still here: log in there, then try again.'
  }
  const { code, title, detail, errors = [] } = problem
  if (code === 'unauthorized')
    return 'No mailbox opens with this receipt. It may be wrong, or contact has ended.'
  const slip = errors.find(({ pointer }) => pointer === 'header:authorization')
  if (slip !== undefined) return said[slip.code] ?? said.malformed
  if (code !== 'validation') return [title, detail].filter(Boolean).join('. ')
  return errors
    .map(({ pointer, message }) => `${labels[pointer] ?? 'What you wrote'}: it ${message}.`)
    .join(' ')
}

/** Whether the service answers at all: then it does not know this page's origin (CORS_ORIGINS). */
async function isThere() {
  try {
    await fetch(`${service}/health/live`, { mode: 'no-cors', cache: 'no-store', credentials: 'omit' })
    return true
  } catch {
    return false
  }
}

/** 192 random bits. `crypto.randomUUID` is missing on pages without https. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(24))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function busy(form, problem, work) {
  const buttons = form.querySelectorAll('button')
  for (const button of buttons) button.disabled = true
  problem.textContent = ''
  try {
    await work()
  } catch (error) {
    problem.textContent = error.message
  }
  for (const button of buttons) button.disabled = false
}

function element(name, text) {
  return Object.assign(document.createElement(name), { textContent: text })
}
