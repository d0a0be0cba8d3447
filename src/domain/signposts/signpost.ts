/** A service that may serve the reporter better or sooner than this one. */
export interface Signpost {
  readonly code: string
  readonly label: string
  readonly phone: string | null
  readonly url: string | null
  /** When it can be reached, and by whom. */
  readonly availability: string
  /** Why it is shown, said to the reporter. */
  readonly reason: string
  /** Shown before all others. */
  readonly urgent: boolean
  /** The day on which somebody last made sure that it is right (`YYYY-MM-DD`). */
  readonly checkedOn: string
}
