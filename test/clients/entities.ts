import assert from 'node:assert/strict'
import createClient from 'openapi-fetch'
import { client as heyApi } from './generated/hey-api/client.gen.js'
import { submitReport as submitByHeyApi } from './generated/hey-api/sdk.gen.js'
import type { ReportDraft as HeyApiReport } from './generated/hey-api/types.gen.js'
import type { components, paths } from './generated/openapi-typescript.js'
import { type ReportDraft as OrvalReport, submitReport as submitByOrval } from './generated/orval.js'

/** Sends entities of every kind by each generated client to the service at SOTTO. That this compiles is half the test. */
const base = process.env.SOTTO ?? ''

const report = {
  category: 'county-lines',
  narrative: 'Young people whom nobody knows come and go at the flat above the closed shop at all hours.',
  entities: [
    { kind: 'person', name: 'Somebody', role: 'suspect', ageEstimate: 'in his thirties', ref: 'he' },
    { kind: 'vehicle', registration: 'AB12', colour: 'grey', linkedTo: ['he'] },
    { kind: 'premises', address: 'The flat above the closed shop' },
    { kind: 'organisation', name: 'Nobody and Sons' },
    { kind: 'online', platform: 'A site', handle: 'somebody' },
    { kind: 'phone', number: '07700 900123' },
    { kind: 'account', identifier: '00000000' },
    { kind: 'item', description: 'A grey bag' },
  ],
} satisfies components['schemas']['ReportDraft'] & HeyApiReport & OrvalReport

const openapiFetch = createClient<paths>({ baseUrl: base })
const first = await openapiFetch.POST('/v1/reports', { body: report })
assert.equal(first.response.status, 201, JSON.stringify(first.error))
assert.match(first.data?.receipt ?? '', /^[0-9A-Z]{4}(-[0-9A-Z]{4}){6}$/)

heyApi.setConfig({ baseUrl: base })
const second = await submitByHeyApi({ body: report })
assert.equal(second.response?.status, 201, JSON.stringify(second.error))

// Orval's client is for pages of the service's own origin.
const { fetch } = globalThis
globalThis.fetch = (address, init) =>
  fetch(typeof address === 'string' ? new URL(address, base) : address, init)
const third = await submitByOrval(report)
assert.equal(third.status, 201)
