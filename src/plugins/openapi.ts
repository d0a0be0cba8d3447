import { createRequire } from 'node:module'
import swagger, { type SwaggerTransformObject } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyReply } from 'fastify'
import type { Scope } from '../scope.ts'
import type { Contract } from './contract/document.ts'
import { keepExamples } from './contract/keptExamples.ts'
import { shapeContract } from './contract/shape.ts'

const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string }

const description = `Anonymous crime reporting for a Community Safety Partnership: takes reports from people who must stay unknown, keeps no trace of who they are, and gives authorised staff what they need to act.

**Conventions.** JSON in UTF-8; days are \`YYYY-MM-DD\` in UTC; ids are UUID v4; no text holds U+0000 or a lone surrogate. Unknown properties and query parameters are refused. Every error is a problem (RFC 9457) whose \`code\` programs go by and whose \`type\` leads to an explanation for people; nothing that was sent is ever repeated in it. ETags are strong. Lists have \`items\` and, if there is more, \`nextCursor\`. Every creating POST takes an \`Idempotency-Key\`. There are no cookies and no request ids.

**For front ends.** Send no more than the reporter means to send: no device id, no place of theirs, no contact. Keep nothing on the device. Show signposts and notice before and after sending.`

/** The page runs and fetches what comes from here, and nothing else; also where the service is reached by plain HTTP. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

type Document = Extract<Parameters<SwaggerTransformObject>[0], { openapiObject: unknown }>['openapiObject']

/** Describes every route that comes after it, at /openapi.json, with a page to read it at /docs/. */
export async function describeApi(app: Scope): Promise<void> {
  const examples = keepExamples()
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Sotto',
        version,
        summary: 'Say it without being known.',
        description,
        license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
      },
      servers: [{ url: '/', description: 'Where this document is served, in production as anywhere' }],
      // Open to everyone, where a call does not say otherwise.
      security: [],
      components: {
        securitySchemes: {
          receipt: { type: 'http', scheme: 'bearer', description: 'The receipt of a report' },
          staffToken: {
            type: 'http',
            scheme: 'bearer',
            description: 'A local staff token (`sotto staff add`)',
          },
          oidc: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description:
              'An access token of the deployment’s OIDC issuer, where it has one: signed by RS256, ES256 or EdDSA, for this audience, with one role and, for partners, one agency among its claims; checked as RFC8725 asks',
          },
        },
      },
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) => String(json.$id ?? `def-${index}`),
    },
    transform: ({ schema, url }) => {
      examples.note(schema ?? {})
      return { schema, url }
    },
    transformObject: (described) => {
      if (!('openapiObject' in described)) return described.swaggerObject
      const document = inReadingOrder(described.openapiObject)
      examples.restore(document)
      shapeContract(document)
      return document as Document
    },
  })
  // One for all: it is large, and waits in memory for those who do not read it.
  let document: Buffer | undefined
  const sendDocument = (reply: FastifyReply) => {
    document ??= Buffer.from(JSON.stringify(app.swagger()))
    return reply.type('application/json; charset=utf-8').send(document)
  }
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiHooks: {
      onRequest: (request, reply, next) =>
        request.routeOptions.url === '/docs/json' ? sendDocument(reply) : next(),
    },
    staticCSP: pagePolicy,
    indexPrefix: '',
    theme: { title: 'Sotto: the API' },
    // Without the bar at the top, which would fetch any address that it is given.
    uiConfig: { layout: 'BaseLayout', validatorUrl: null, persistAuthorization: false },
  })
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    sendDocument(reply.header('cache-control', 'public, max-age=300')),
  )
}

/** A copy in the order in which people read, in which nothing is shared: YAML would show that as anchors. */
function inReadingOrder({ openapi, info, servers, security, paths, components }: Document) {
  const document = { openapi, info, servers, security, tags: [], paths, components }
  return JSON.parse(JSON.stringify(document)) as Contract
}
