/**
 * Rules that a schema states as a pattern, in words: what a client is told who broke one. A regular expression tells a
 * person nothing.
 */
const words = new Map<string, string>()

/** A pattern, and the rule in words: "must be …". */
export function rule(pattern: string, must: string): string {
  words.set(pattern, must)
  return pattern
}

/** The rule that a pattern stands for, or undefined where it has no words. */
export function ruleInWords(pattern: string): string | undefined {
  return words.get(pattern)
}
