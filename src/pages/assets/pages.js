// The only script of the pages. Without it everything works; with it nothing that is typed goes to a file of the browser:
// a form goes by fetch, and the answer takes the page's place, at the same address and without a step in the history.

const leave = () => {
  const exit = document.querySelector('[data-exit]')
  if (!(exit instanceof HTMLAnchorElement)) return
  document.documentElement.hidden = true
  document.title = ' '
  window.location.replace(exit.href)
}

let shifts = []
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Shift') {
    shifts = []
    return
  }
  shifts = [...shifts.filter((at) => event.timeStamp - at < 5000), event.timeStamp]
  if (shifts.length >= 3) leave()
})

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element) || event.target.closest('[data-exit]') === null) return
  event.preventDefault()
  leave()
})

const show = (text) => {
  const next = new DOMParser().parseFromString(text, 'text/html')
  document.documentElement.lang = next.documentElement.lang
  document.documentElement.dir = next.documentElement.dir
  document.title = next.title
  document.body.replaceWith(document.adoptNode(next.body))
  window.scrollTo(0, 0)
  const first = document.querySelector('.govuk-error-summary') ?? document.querySelector('h1')
  if (first instanceof HTMLElement) {
    first.tabIndex = -1
    first.focus({ preventScroll: true })
  }
  proveIfAsked()
}

// Where many want in, the page asks for work that costs a moment. Its result goes along as a field of the form.
let proving
const prove = async (place) => {
  const { script, worker, doing, done } = place.dataset
  place.textContent = doing
  await import(script)
  globalThis.$altcha.algorithms.set('PBKDF2/SHA-256', () => new Worker(worker))
  const widget = document.createElement('altcha-widget')
  widget.hidden = true
  widget.setAttribute('name', 'altcha')
  widget.setAttribute('auto', 'onload')
  widget.setAttribute('challenge', '/v1/challenges')
  widget.setAttribute('configuration', quiet)
  const ended = new Promise((resolve, reject) => {
    widget.addEventListener('statechange', ({ detail }) => {
      if (detail.state === 'verified') resolve()
      if (detail.state === 'error') reject(new Error('not solved'))
    })
  })
  place.after(widget)
  await ended
  place.textContent = done
}

// Nothing of how somebody moves or types is looked at, and nothing of others is shown.
const quiet = JSON.stringify({
  humanInteractionSignature: false,
  minDuration: 0,
  hideLogo: true,
  hideFooter: true,
  disableAutoFocus: true,
})

const proveIfAsked = () => {
  const place = document.getElementById('proof')
  proving = place === null ? undefined : prove(place).catch(() => place.replaceChildren())
}
proveIfAsked()

let busy = false
document.addEventListener('submit', async (event) => {
  const { target: form, submitter } = event
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return
  event.preventDefault()
  if (busy) return
  busy = true
  try {
    if (submitter?.hasAttribute('data-main')) await proving
    const data = new FormData(form, submitter)
    const hasFiles = form.enctype === 'multipart/form-data'
    const body = hasFiles
      ? data
      : new URLSearchParams([...data].map(([name, value]) => [name, String(value)]))
    const action = submitter?.getAttribute('formaction') ?? form.action
    const answer = await fetch(action, {
      method: 'POST',
      body,
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    })
    if (!(answer.headers.get('content-type') ?? '').startsWith('text/html')) throw new Error('no page')
    show(await answer.text())
    // What came in an address does not stay there.
    if (location.search !== '') history.replaceState(null, '', action)
  } catch {
    // Nothing came back: what was typed still stands there, and the button can be pressed again.
    const said = document.getElementById('offline')
    if (said !== null) said.hidden = false
  } finally {
    busy = false
  }
})
