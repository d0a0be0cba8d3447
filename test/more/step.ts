export interface Step {
  name: string
  /** Installs what it needs, and rejects, with what was said, if anything is not as it should be. */
  run(): Promise<void>
}
