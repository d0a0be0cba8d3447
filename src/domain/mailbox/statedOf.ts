import type { Stated } from '../envelope/signing.ts'

/** What the service signs of messages of staff. */

/** Of one that goes out: its number and day too. */
export function statedOfSent(message: Omit<Stated, 'decision'> & { number: number; sentOn: string }): Stated {
  return { ...message, decision: `sent ${message.number} ${message.sentOn}` }
}

/** Of one that has not gone out. */
export function statedOfDraft(message: Omit<Stated, 'decision'>): Stated {
  return { ...message, decision: 'draft' }
}
