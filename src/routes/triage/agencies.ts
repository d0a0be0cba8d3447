import { Type } from 'typebox'
import { storeWith } from '../../domain/calls/storeAnswer.ts'
import type { AgencyRegister } from '../../domain/sharing/agencies.ts'
import { personOf } from '../../plugins/authentication.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { ref } from '../../schemas/component.ts'
import { exampleAgency, exampleAgencyKey } from '../../schemas/examples.ts'
import { IdempotencyHeaders, mergePatchTypes, ReplayHeaders } from '../../schemas/headers.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import {
  Agency,
  AgencyDraft,
  AgencyKey,
  AgencyKeyDraft,
  AgencyKeyList,
  AgencyList,
  AgencyPatch,
} from '../../schemas/sharing.ts'
import { agencySlug } from '../../schemas/triage.ts'
import type { Scope } from '../../scope.ts'
import { staffCall, whenReading, whenWriting } from './call.ts'

const OfAgency = Type.Object({ slug: agencySlug('The agency') })

/** GET, POST and PATCH /v1/triage/agencies: who products can go to. */
export function agencyRoutes(app: Scope, agencies: AgencyRegister): void {
  app.get(
    '/v1/triage/agencies',
    {
      config: { permission: 'agencies.read' },
      schema: {
        ...staffCall('listAgencies', 'agencies.read', 'Agencies'),
        response: {
          200: withExample(ref(AgencyList), { items: [exampleAgency] }),
          ...problems(...whenReading),
        },
      },
    },
    async () => ({ items: await agencies.list() }),
  )
  app.post(
    '/v1/triage/agencies',
    {
      config: { permission: 'agencies.write', idempotentAs: 'addAgency' },
      schema: {
        ...staffCall('createAgency', 'agencies.write', 'Add an agency'),
        headers: IdempotencyHeaders,
        body: withExample(ref(AgencyDraft), { slug: 'housing', name: 'Housing' }),
        response: {
          201: withExample(withHeaders(ref(Agency), ReplayHeaders), { ...exampleAgency, keyHeldBy: null }),
          ...problems(...whenWriting, 'idempotency-mismatch', 'conflict'),
        },
      },
    },
    async (request, reply) => {
      const agency = await agencies.add(
        personOf(request),
        request.body,
        storeWith(answerSealer(request, 201)),
      )
      return reply.code(201).send(agency)
    },
  )
  app.patch(
    '/v1/triage/agencies/:slug',
    {
      config: { permission: 'agencies.write' },
      schema: {
        ...staffCall('updateAgency', 'agencies.write', 'Rename or retire an agency'),
        params: OfAgency,
        consumes: mergePatchTypes,
        body: withExample(ref(AgencyPatch), { name: 'Housing enforcement' }),
        response: { 200: withExample(ref(Agency), exampleAgency), ...problems(...whenWriting) },
      },
    },
    async (request) => agencies.change(personOf(request), request.params.slug, request.body),
  )
}

/** GET and POST /v1/triage/agencies/{slug}/keys: what products for an agency are sealed to. */
export function agencyKeyRoutes(app: Scope, agencies: AgencyRegister): void {
  app.get(
    '/v1/triage/agencies/:slug/keys',
    {
      config: { permission: 'agencies.write' },
      schema: {
        ...staffCall('listAgencyKeys', 'agencies.write', 'Keys of an agency', 'The active one first.'),
        params: OfAgency,
        response: {
          200: withExample(ref(AgencyKeyList), { items: [exampleAgencyKey] }),
          ...problems(...whenReading),
        },
      },
    },
    async (request) => ({ items: await agencies.keys(request.params.slug) }),
  )
  app.post(
    '/v1/triage/agencies/:slug/keys',
    {
      config: { permission: 'agencies.write', idempotentAs: 'addAgencyKey' },
      schema: {
        ...staffCall(
          'createAgencyKey',
          'agencies.write',
          'Seal to a key of the agency’s own',
          'From then on the agency alone opens what goes there.',
        ),
        params: OfAgency,
        headers: IdempotencyHeaders,
        body: withExample(ref(AgencyKeyDraft), { publicKey: exampleAgencyKey.publicKey }),
        response: {
          201: withExample(withHeaders(ref(AgencyKey), ReplayHeaders), exampleAgencyKey),
          ...problems(...whenWriting, 'idempotency-mismatch'),
        },
      },
    },
    async (request, reply) => {
      const publicKey = Buffer.from(request.body.publicKey, 'base64url')
      const store = storeWith(answerSealer(request, 201))
      return reply
        .code(201)
        .send(await agencies.addKey(personOf(request), request.params.slug, publicKey, store))
    },
  )
}
