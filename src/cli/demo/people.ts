import { type Config, demoSettings, loadConfig } from '../../config.ts'
import { tokenMade } from '../../domain/audit/staffDeeds.ts'
import { namesDatabase } from '../deployment.ts'
import { sayingWho } from '../staff/names.ts'
import { withWaysIn } from '../staff/tokens.ts'

/** Who works in the demonstration, by what they do there. */
const people = {
  officer: { name: 'Tam Demo', role: 'triager', agency: null },
  supervisor: { name: 'Sade Demo', role: 'supervisor', agency: null },
  other: { name: 'Bea Demo', role: 'supervisor', agency: null },
  partner: { name: 'Hari Demo', role: 'partner', agency: 'planning-enforcement' },
  auditor: { name: 'Ana Demo', role: 'auditor', agency: null },
  admin: { name: 'Ida Demo', role: 'admin', agency: null },
} as const
export type DemoPerson = keyof typeof people
export const demoPeople = Object.entries(people) as readonly [DemoPerson, (typeof people)[DemoPerson]][]

export type DemoTokens = Record<DemoPerson, string>

/** Good for a day: whoever wants to look on tomorrow runs it again. */
const days = 1

/** Whether this is a first try on the embedded database: people are made up in no other. */
export function isOwnFirstTry(config: Config = loadConfig()): boolean {
  const { url, token } = demoSettings()
  const isElsewhere = url !== undefined || token !== undefined || config.databaseUrl !== undefined
  return !isElsewhere && namesDatabase(config)
}

/** A token for each of them. */
export function tokensOfPeople(): Promise<DemoTokens> {
  return withWaysIn(({ tokens, change }) =>
    change(async (query, record) => {
      const made: [DemoPerson, string][] = []
      for (const [who, person] of demoPeople) {
        const added = await sayingWho(tokens.add(query, { ...person, days }))
        await record(tokenMade(added.person))
        made.push([who, added.token])
      }
      return Object.fromEntries(made) as DemoTokens
    }),
  )
}
