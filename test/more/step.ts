export interface Step {
  name: string
  /** Whether it runs files of the usual tests, on their server. */
  runsTestFiles?: true
  /** Installs what it needs, and rejects, with what was said, if anything is not as it should be. */
  run(): Promise<void>
}
