import { type Signal, signal } from '@preact/signals'

/** What a form holds: what was typed or chosen, by name. */
export type Fields = Record<string, string | boolean | string[]>

const drafts = new Map<string, { fields: Signal<Fields>; isTouched: boolean }>()

/**
 * What was typed into a form and not yet sent. It outlives the view, so that neither another tab of the page, nor a lost
 * connection, nor a token that ran out loses it; it lies in memory alone, and goes with the sign-out.
 */
export function draftOf<F extends Fields>(name: string, initial: F): Signal<F> {
  const known = drafts.get(name)
  if (known !== undefined) return known.fields as Signal<F>
  const fields = signal<F>(initial)
  drafts.set(name, { fields: fields as unknown as Signal<Fields>, isTouched: false })
  return fields
}

/** Notes that somebody typed. */
export function touch(name: string): void {
  const draft = drafts.get(name)
  if (draft !== undefined) draft.isTouched = true
}

/** Whether something was typed here and not sent. */
export function isTouched(name: string): boolean {
  return drafts.get(name)?.isTouched === true
}

export function dropDraft(name: string): void {
  drafts.delete(name)
}

export function wipeDrafts(): void {
  drafts.clear()
}

export function hasDrafts(): boolean {
  return [...drafts.values()].some((draft) => draft.isTouched)
}
