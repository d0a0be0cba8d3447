import { useEffect, useRef } from 'preact/hooks'
import { SignIn, SignInAgain } from './pages/signIn/view.tsx'
import { pages } from './pages.tsx'
import { Button } from './parts/button.tsx'
import { isEndingSoon, stay } from './state/idle.ts'
import { hrefOf, route } from './state/route.ts'
import { isExpired, me, signOut, waiting } from './state/session.ts'
import { namesOf, words } from './state/words.ts'

/** The frame of every page: who works here, where one can go, what keeps one waiting. */
export function Shell() {
  const who = me.value
  if (who === undefined) return <SignIn />
  return (
    <>
      {isExpired.value && <SignInAgain name={who.name} />}
      <div class="s-frame" inert={isExpired.value} hidden={isExpired.value}>
        <button
          type="button"
          class="govuk-skip-link"
          onClick={() => document.getElementById('main')?.focus()}
        >
          {words.skip}
        </button>
        <header class="s-top">
          <p class="s-name">
            <img src="/console/assets/icon.svg" alt="" width="26" height="26" /> Sotto
          </p>
          <p class="s-marking">{words.marking}</p>
          <p class="s-who">
            <strong>{who.name}</strong> <span>{namesOf.role[who.role]}</span>
          </p>
          <button type="button" class="s-quiet s-quiet--light" onClick={() => signOut('left')}>
            {words.signOut}
          </button>
        </header>
        <Navigation />
        <Current />
      </div>
      <Waiting />
      {isEndingSoon.value && (
        <div class="s-toast" role="alertdialog" aria-label={words.idle.soon}>
          <p>{words.idle.soon}</p>
          <Button kind="main" onClick={stay}>
            {words.idle.stay}
          </Button>
        </div>
      )}
    </>
  )
}

function Navigation() {
  const { page } = currentPage()
  return (
    <nav class="s-nav" aria-label={words.navigation}>
      <ul>
        {allowedPages()
          .filter(({ isHidden }) => !isHidden)
          .map(({ name, title }) => (
            <li key={name}>
              <a href={hrefOf(name)} aria-current={page?.name === name ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  )
}

function allowedPages() {
  return pages.filter(({ isFor }) => isFor())
}

/** The page that the address names, if this person may see it; else their first. */
function currentPage() {
  const allowed = allowedPages()
  const { page, id } = route.value
  const named = allowed.find(({ name }) => name === page)
  return { page: named ?? allowed[0], id: named === undefined ? undefined : id }
}

function Current() {
  const { page, id } = currentPage()
  const main = useRef<HTMLElement>(null)
  const place = `${page?.name} ${id}`
  // Another page begins at its heading, for those who do not see that it changed.
  useEffect(() => {
    scrollTo(0, page?.placeKept?.() ?? 0)
    main.current?.querySelector('h1')?.focus({ preventScroll: true })
  }, [place])
  return (
    <main class="s-main" id="main" tabIndex={-1} ref={main}>
      {page?.view(id)}
    </main>
  )
}

function Waiting() {
  const why = waiting.value
  return (
    <div class="s-waiting" role="status">
      {why === 'no-answer' && <p>{words.waiting.noAnswer}</p>}
      {(why === 'busy' || why === 'challenge') && <p>{words.waiting.busy}</p>}
    </div>
  )
}
