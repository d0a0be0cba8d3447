/** Why a call takes longer than one request and one answer. */
export type Waiting =
  /** A proof of work is being computed. */
  | 'challenge'
  /** The service has too much to do, and asked to come again. */
  | 'busy'
  /** No answer came; the same is sent again. */
  | 'no-answer'

export interface Settings {
  /** Sends the requests, if not the platform's own `fetch`. */
  fetch?: typeof globalThis.fetch
  /** How often one call is tried at most. Six, if nothing is said. */
  attempts?: number
  /** Milliseconds before the second try, twice as many before each that follows, to ten seconds. 500. */
  delay?: number
  /** Milliseconds after its first try in which a call may be tried again. 90,000. */
  patience?: number
  /** Milliseconds that one try may take, images five times as many. 60,000. */
  timeout?: number
  /** The language of texts for people, such as `cy`; otherwise whatever the platform sends. */
  language?: string
  /** Told whenever a call has to wait, so that a page can say so. */
  onWait?: (why: Waiting) => void
}

/** Where a service is, and how it is called. A value: nothing is opened, and nothing is remembered between calls. */
export interface Service {
  readonly base: string
  readonly attempts: number
  readonly delay: number
  readonly patience: number
  readonly timeout: number
  readonly language: string | undefined
  fetch(address: string, init: RequestInit): Promise<Response>
  onWait(why: Waiting): void
}

/** Names the service at `base`, such as `https://report.example`. Sends nothing. */
export function connect(base: string, settings: Settings = {}): Service {
  const { attempts = 6, delay = 500, patience = 90_000, timeout = 60_000, language, onWait } = settings
  return {
    base: base.replace(/\/+$/, ''),
    attempts,
    delay,
    patience,
    timeout,
    language,
    // Looked up at each call, and called on nothing: a browser's fetch works only so.
    fetch: (address, init) => (settings.fetch ?? globalThis.fetch)(address, init),
    onWait: (why) => onWait?.(why),
  }
}
