import { readFileSync } from 'node:fs'
import { parseSite, type Site } from '../pages/site.ts'
import { knownLanguages, textsOf } from '../pages/texts/texts.ts'
import { ConfigError } from '../settings.ts'

/** What the pages say of who runs them: the usual, with what the operator's file says, if there is one. */
export function siteIn(file: string | undefined): Site {
  const text = file === undefined ? undefined : readSiteFile(file)
  try {
    const site = parseSite(text, knownLanguages())
    for (const language of new Set([...site.languages, ...Object.keys(site.texts)]))
      textsOf(language, site.texts[language])
    return site
  } catch (error) {
    throw new ConfigError(`SITE_FILE: ${error instanceof Error ? error.message : 'cannot be used'}`)
  }
}

function readSiteFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new ConfigError('SITE_FILE cannot be read')
  }
}
