/** What an act was, as kinds and ids alone. */
export interface EventOfAct {
  kind: string
  reportId: string | null
  disseminationId: string | null
  objectId: string | null
}
