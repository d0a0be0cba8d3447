import type { ActKind } from './eventKinds.ts'

/** What an act was, as kinds and ids alone. */
export interface EventOfAct {
  kind: ActKind
  reportId: string | null
  disseminationId: string | null
  objectId: string | null
}
