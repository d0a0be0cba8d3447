import { useEffect, useState } from 'preact/hooks'
import { isSottoError } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { Problem } from '../../parts/problem.tsx'
import { useAct } from '../../state/loaded.ts'
import { ending, signIn, signOut } from '../../state/session.ts'
import { settings } from '../../state/settings.ts'
import { say, words } from '../../state/words.ts'

const { signIn: texts } = words

/** The way in. */
export function SignIn() {
  const why = ending.value
  return (
    <main class="s-door">
      <div class="s-door__card">
        <p class="s-name s-name--dark">
          <img src="/console/assets/icon.svg" alt="" width="34" height="34" /> Sotto
        </p>
        <h1 class="govuk-heading-l">{texts.title}</h1>
        {why !== undefined && (
          <p class="s-inset" role="status">
            {texts.ended[why]}
          </p>
        )}
        <TokenForm />
        <p class="s-about">{texts.about}</p>
      </div>
    </main>
  )
}

/** The same over a page whose token has run out: what was typed on it stays. */
export function SignInAgain({ name }: { name: string }) {
  return (
    <main class="s-door">
      <div class="s-door__card">
        <h1 class="govuk-heading-l">{texts.again}</h1>
        <p>{say(texts.keeps, { name })}</p>
        <TokenForm />
        <button type="button" class="s-quiet" onClick={() => signOut('left')}>
          {texts.giveUp}
        </button>
      </div>
    </main>
  )
}

function TokenForm() {
  const [token, setToken] = useState('')
  const act = useAct(async () => {
    const given = token.trim()
    if (given === '') throw new Empty()
    await signIn(given)
    setToken('')
  })
  const issuer = settings.signIn
  return (
    <form
      class="s-token"
      onSubmit={(event) => {
        event.preventDefault()
        void act.run()
      }}
    >
      {issuer !== undefined && <IssuerButton />}
      {act.error instanceof Empty && (
        <p class="govuk-error-message" role="alert">
          {texts.empty}
        </p>
      )}
      {isSottoError(act.error, 'unauthorized') && (
        <p class="govuk-error-message" role="alert">
          {texts.refused}
        </p>
      )}
      {act.error !== undefined &&
        !(act.error instanceof Empty) &&
        !isSottoError(act.error, 'unauthorized') && <Problem error={act.error} />}
      <label class="govuk-label" for="token">
        {texts.token}
      </label>
      <div class="s-token__row">
        <input
          class="govuk-input"
          id="token"
          type="password"
          autocomplete="off"
          spellcheck={false}
          value={token}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
        <Button kind="main" isMain submits isBusy={act.isBusy}>
          {texts.enter}
        </Button>
      </div>
    </form>
  )
}

/** Signing in at the issuer; what it needs is loaded when it is used. */
function IssuerButton() {
  const act = useAct(async () => {
    const { leaveForIssuer } = await import('./issuer.ts')
    await leaveForIssuer()
  })
  const back = useAct(async () => {
    const { returnFromIssuer } = await import('./issuer.ts')
    const token = await returnFromIssuer()
    if (token !== undefined) await signIn(token)
  })
  useEffect(() => {
    if (/[?&](code|error)=/.test(location.search)) void back.run()
  }, [])
  return (
    <div class="s-issuer">
      <Button kind="main" isBusy={act.isBusy || back.isBusy} onClick={() => void act.run()}>
        {texts.issuer}
      </Button>
      {(act.error ?? back.error) !== undefined && (
        <p class="govuk-error-message" role="alert">
          {texts.issuerRefused}
        </p>
      )}
      <p class="s-or">{texts.or}</p>
    </div>
  )
}

class Empty extends Error {}
