import { openBooks } from '../phrases/books.ts'
import { findPhrases } from '../phrases/find.ts'
import { welsh } from './signals.cy.ts'
import { english } from './signals.en.ts'

export const signals = ['under-18', 'relationship', 'ongoing'] as const
export type Signal = (typeof signals)[number]

/** A sign in what a reporter wrote: where it stands, never what it says. */
export interface FoundSignal {
  code: Signal
  start: number
  end: number
}

export const books = openBooks(english, welsh)
const atMost = 50

/** The phrases of a reporter's text that call for a supervisor before staff write again. English and Welsh, always. */
export function signalsIn(text: string): FoundSignal[] {
  return findPhrases(books(), text)
    .flatMap(({ code, start, end }) => (isSignal(code) ? [{ code, start, end }] : []))
    .slice(0, atMost)
}

function isSignal(code: string): code is Signal {
  return signals.some((known) => known === code)
}
