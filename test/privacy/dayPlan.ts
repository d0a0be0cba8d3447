import type { Dice } from '../simulation/dice.ts'
import type { Caller } from '../support/staffApi.ts'
import { arrivals } from './dayArrivals.ts'

/** A day of staff, and where in it reporters come. */

export interface People {
  triager: Caller
  supervisor: Caller
  admin: Caller
  auditor: Caller
  partner: Caller
  /** Takes the supervisor's export, until its end is recorded. */
  takeExport(): Promise<void>
}

export interface DayAct {
  name: string
  act(people: People, old: string): Promise<unknown>
}

/** A step of the day: the act of that number, a part of the arrival of that number, or the full hour. */
export type Step = { act: number } | { arrival: number; part: number } | { hour: number }

const search = (who: 'triager' | 'supervisor', q: string, more: object = {}) => ({
  name: `search ${q} ${JSON.stringify(more)}`,
  act: (people: People) => people[who].call('POST', '/v1/triage/reports/search', { body: { q, ...more } }),
})
const get = (who: Exclude<keyof People, 'takeExport'>, path: string) => ({
  name: `${who} ${path}`,
  act: (people: People, old: string) =>
    people[who].call('GET', path.replace(':old', old), { headers: { accept: 'application/json' } }),
})

/** In any order, and some of them. None is on a report that comes on the day. */
const loose: readonly DayAct[] = [
  search('triager', 'kiln'),
  search('triager', 'kiln', { limit: 1 }),
  search('supervisor', 'kiln', { status: ['received'], sort: 'received' }),
  search('supervisor', 'nowhere'),
  get('triager', '/v1/triage/reports'),
  get('supervisor', '/v1/triage/reports?pending=true'),
  get('supervisor', '/v1/triage/reports/set-aside'),
  get('supervisor', '/v1/triage/stats?live=true&by=status'),
  get('triager', '/v1/triage/watchlist'),
  get('triager', '/v1/triage/reports/:old'),
  get('triager', '/v1/triage/reports/:old/links'),
  get('triager', '/v1/triage/reports/:old/history'),
  get('triager', '/v1/triage/events'),
  get('auditor', '/v1/triage/audit'),
  get('auditor', '/v1/triage/audit/restricted'),
  get('auditor', '/v1/triage/agencies'),
  get('partner', '/v1/partner/submissions'),
  { name: 'export', act: ({ takeExport }) => takeExport() },
  {
    name: 'head of an export',
    act: ({ supervisor }) => supervisor.call('HEAD', '/v1/triage/export?category=cybercrime'),
  },
  {
    name: 'note',
    act: ({ triager }, old) =>
      triager.call('POST', `/v1/triage/reports/${old}/notes`, { body: { text: 'A word.' }, expect: 201 }),
  },
  {
    name: 'webhook',
    act: ({ admin }) =>
      admin.call('POST', '/v1/triage/webhooks', {
        body: { url: 'http://127.0.0.1:9/fictional', kinds: ['something-new'] },
        expect: 201,
      }),
  },
  {
    name: 'submission',
    act: ({ partner }) =>
      partner.call('POST', '/v1/partner/submissions', {
        body: {
          category: 'cybercrime',
          narrative: 'Fictional rubble by the kiln, as told by [partner] to nobody real.',
          source: { basis: 'own-observation', protect: false },
        },
        expect: 201,
      }),
  },
]

/** One after the other, with others between them. */
const chained: readonly DayAct[] = [
  {
    name: 'screening',
    act: ({ supervisor }, old) => {
      const body = { attentionBy: '2026-05-01', status: 'screening' }
      return supervisor.call('PATCH', `/v1/triage/reports/${old}`, { version: 2, body })
    },
  },
  {
    name: 'assessment',
    act: ({ triager }, old) =>
      triager.call('PUT', `/v1/triage/reports/${old}/assessment`, { version: 0, body: { threat: 'none' } }),
  },
  {
    name: 'entity',
    act: ({ triager }, old) =>
      triager.call('POST', `/v1/triage/reports/${old}/entities`, {
        body: {
          entity: { kind: 'premises', address: 'The kiln' },
          pointer: '/narrative',
          start: 0,
          end: 9,
        },
        expect: 201,
      }),
  },
  get('triager', '/v1/triage/reports/:old/entities'),
  {
    name: 'closure',
    async act({ triager, supervisor }, old) {
      const body = { ids: [old], closeReason: 'no-further-action', rationale: 'Fictional.' }
      const path = '/v1/triage/reports/closures'
      const asked = await triager.call<{ id: string }>('POST', path, { body, expect: 201 })
      await supervisor.call('POST', `${path}/${asked.body.id}/approval`, { body: { approved: true } })
    },
  },
]

export function planOf(dice: Dice): DayAct[] {
  const plan = shuffled(
    loose.filter(() => dice.isLucky(0.8)),
    dice,
  )
  let at = 0
  for (const act of chained) {
    at += dice.below(plan.length - at + 1)
    plan.splice(at, 0, act)
    at += 1
  }
  return plan
}

/** The acts in their order, each at its time; the arrivals in any order, anywhere between them; the hours. */
export function dayOf(plan: readonly DayAct[], dice: Dice): Step[] {
  const steps: Step[] = []
  for (const act of plan.keys()) {
    steps.push({ act })
    if (act % 2 === 1) steps.push({ hour: 10 + (act - 1) / 2 })
  }
  for (const [arrival, { parts }] of arrivals.entries()) {
    let from = 0
    for (const part of parts.keys()) {
      from += dice.below(steps.length - from + 1)
      steps.splice(from, 0, { arrival, part })
      from += 1
    }
  }
  return steps
}

function shuffled<T>(of: readonly T[], dice: Dice): T[] {
  const left = [...of]
  return of.map(() => left.splice(dice.below(left.length), 1)[0] as T)
}
