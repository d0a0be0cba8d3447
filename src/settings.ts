/* How a setting is read from the environment, and what is said of one that cannot be used. */

import { isTrustworthyUrl } from './auth/trustworthyUrl.ts'

/** A setting that cannot be used. Its message is one line that names the setting, for the operator. */
export class ConfigError extends Error {}

export type Environment = Record<string, string | undefined>

/** An empty value counts as unset, as compose files pass it. */
export function setting(environment: Environment, name: string): string | undefined {
  return environment[name] === '' ? undefined : environment[name]
}

/** A whole number within bounds. Throws ConfigError. */
export function integer(
  environment: Environment,
  name: string,
  { from, to, otherwise }: { from: number; to: number; otherwise: number },
): number {
  const value = setting(environment, name)
  if (value === undefined) return otherwise
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
  if (!(number >= from && number <= to))
    throw new ConfigError(`${name} must be a whole number from ${from} to ${to}`)
  return number
}

/** One of a few words. Throws ConfigError. */
export function oneOf<T extends string>(
  environment: Environment,
  name: string,
  values: readonly T[],
  otherwise: T,
): T {
  const value = setting(environment, name)
  if (value === undefined) return otherwise
  const found = values.find((candidate) => candidate === value)
  if (found === undefined) throw new ConfigError(`${name} must be one of ${values.join(', ')}`)
  return found
}

/** A list that `parse` reads, whose complaint follows the name. Throws ConfigError. */
export function list(environment: Environment, name: string, parse: (text: string) => string[]): string[] {
  const value = setting(environment, name)
  if (value === undefined) return []
  try {
    return parse(value)
  } catch (error) {
    throw new ConfigError(`${name} ${error instanceof Error ? error.message : 'cannot be read'}`)
  }
}

/** A few words that are shown to people. */
export function words(environment: Environment, name: string, otherwise: string): string {
  const value = setting(environment, name) ?? otherwise
  if ([...value].length > 200 || /\p{C}/u.test(value))
    throw new ConfigError(`${name} must be one line of at most 200 characters`)
  return value
}

/** The address of a database. Throws ConfigError. */
export function postgresUrl(environment: Environment, name: string): string | undefined {
  const value = setting(environment, name)
  if (value === undefined) return undefined
  if (!/^(postgres(ql)?|socket):/.test(value)) throw new ConfigError(`${name} must be a postgresql:// URL`)
  return value
}

/** Where somebody can be told of a flaw (RFC 9116, section 2.5.3). */
export function contact(environment: Environment, name: string): string | undefined {
  const value = setting(environment, name)
  if (value !== undefined && !/^(mailto:|https:\/\/|tel:)[!-~]{1,200}$/.test(value)) {
    throw new ConfigError(`${name} must be a mailto:, https:// or tel: address`)
  }
  return value
}

/** What values in a token stand for, as a JSON object. */
export function mapOf<T extends string>(
  environment: Environment,
  name: string,
  isMeaning: (text: string) => text is T,
  meaning: string,
): ReadonlyMap<string, T> | undefined {
  const value = setting(environment, name)
  if (value === undefined) return undefined
  const pairs = pairsIn(value)
  if (pairs === undefined)
    throw new ConfigError(`${name} must be a JSON object, each value in the token with ${meaning}`)
  return new Map(
    pairs.map(([key, text]) => {
      if (typeof text !== 'string' || !isMeaning(text))
        throw new ConfigError(`${name} must give each value ${meaning}`)
      return [key, text]
    }),
  )
}

function pairsIn(text: string): [string, unknown][] | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    const pairs = isObject ? Object.entries(parsed) : []
    return pairs.length > 0 ? pairs : undefined
  } catch {
    return undefined
  }
}

/** An address that nobody on the way can answer for. Throws ConfigError. */
export function trustworthyUrl(environment: Environment, name: string): string | undefined {
  const value = setting(environment, name)
  if (value !== undefined && !isTrustworthyUrl(value)) {
    throw new ConfigError(`${name} must be an https:// URL without user, password or fragment`)
  }
  return value
}
