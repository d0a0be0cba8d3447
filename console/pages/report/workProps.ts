import type { Case, Opened } from './state.ts'

/** What each part of the work on a report is given. */
export interface WorkProps {
  of: Case
  opened: Opened
  /** The report is out of sight now. */
  leave: () => void
  /** Another part of the work. */
  show: (name: string) => void
}
