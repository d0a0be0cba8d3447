export interface Step {
  name: string
  /** Steps of one kind go on one after the other: they share what is installed, or the server of the usual tests. */
  kind?: 'of test files' | 'in a browser'
  /** Whether it measures how soon something is there: then it goes last, and nothing beside it. */
  isMeasured?: true
  /** Installs what it needs, and rejects, with what was said, if anything is not as it should be. */
  run(): Promise<void>
}
