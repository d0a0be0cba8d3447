import { readFileSync } from 'node:fs'
import { loadSignposts, type SignpostTable } from '../domain/signposts/signposts.ts'
import { ConfigError } from '../settings.ts'

/** The signposts in force: the usual ones, with the corrections of the operator's file, if there is one. */
export function signpostsIn(file: string | undefined): SignpostTable {
  if (file === undefined) return loadSignposts()
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new ConfigError('SIGNPOSTS_FILE cannot be read')
  }
  try {
    return loadSignposts(text)
  } catch (error) {
    throw new ConfigError(`SIGNPOSTS_FILE: ${error instanceof Error ? error.message : 'cannot be used'}`)
  }
}
