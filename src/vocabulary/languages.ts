/** The languages that the public is answered in. */
export const languages = ['en', 'cy'] as const

export type Language = (typeof languages)[number]

/** The language of this name; English where there is none. */
export function languageCalled(name: string): Language {
  return languages.find((one) => one === name) ?? 'en'
}
