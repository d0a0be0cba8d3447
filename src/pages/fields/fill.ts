/** Puts values into a text of a language: `{limit}`. */
export function fill(text: unknown, values: Readonly<Record<string, unknown>>): string {
  return String(text).replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
