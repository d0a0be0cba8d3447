import sharp from 'sharp'
import { type Reporter, reporterAt } from '../mailbox/reporter.ts'
import { patientFetch } from '../support/patience.ts'
import { sampleReport } from '../support/reports.ts'

/** What reporters do on the day, each thing in parts between which others come. */

export interface DayReporters {
  base: string
  /** Reporters of the day before. */
  old: readonly Reporter[]
  /** Those of this day, by number. */
  today: Map<number, Reporter>
}

export interface Arrival {
  parts: readonly ((reporters: DayReporters, number: number) => Promise<Response>)[]
}

export const narrativeOf = (label: string) =>
  `Fictional rubble by the kiln, as told by [${label}] to nobody real.`

const create = { width: 40, height: 30, channels: 3, background: '#8a2be2' } as const
const image = await sharp({ create }).png().toBuffer()
/** The same on both days, so that its hash tells them not apart. */
const key = 'aHR0cHM6Ly9leGFtcGxlLm9yZy8x'

const sends =
  (more: object = {}, headers: Record<string, string> = {}): Arrival['parts'][number] =>
  async ({ base, today }, number) => {
    const report = {
      ...sampleReport(),
      narrative: narrativeOf(`new ${number}`),
      category: 'cybercrime',
      ...more,
    }
    const response = await patientFetch(`${base}/v1/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(report),
    })
    if (response.status === 201) {
      const { receipt } = (await response.clone().json()) as { receipt: string }
      today.set(number, reporterAt(base, receipt))
    }
    return response
  }

const later =
  (act: (reporter: Reporter) => Promise<Response>): Arrival['parts'][number] =>
  ({ today }, number) =>
    act(known(today.get(number)))
const earlier =
  (which: number, act: (reporter: Reporter) => Promise<Response>): Arrival['parts'][number] =>
  ({ old }) =>
    act(known(old[which]))

function known(reporter: Reporter | undefined): Reporter {
  if (reporter === undefined) throw new Error('nobody reported that')
  return reporter
}

const says = (reporter: Reporter) => reporter.say('There is more of it.')
const looks = (reporter: Reporter) => reporter.call('')
const attaches = (reporter: Reporter) => reporter.attach(image, 'image/png')
const ends = (reporter: Reporter) => reporter.end()
const withKey = { 'idempotency-key': key }

export const arrivals: readonly Arrival[] = [
  { parts: [sends()] },
  { parts: [sends(), later(looks)] },
  { parts: [sends({ category: 'property-misuse' }), later(attaches)] },
  { parts: [sends(), later(says), later(ends)] },
  { parts: [sends({}, withKey), sends({}, withKey)] },
  { parts: [sends({ category: 'fraud-financial-crime' }), later(says)] },
  { parts: [earlier(0, says), earlier(0, attaches)] },
  { parts: [earlier(1, looks), earlier(1, ends)] },
]
