import { buildApp } from '../app.ts'
import { makeKeyring } from '../crypto/keyring.ts'
import { createLog } from '../log.ts'
import { asYaml } from '../plugins/contract/asYaml.ts'
import type { DatabaseRole, Pool } from '../storage/pool.ts'
import { publicSideOf, staffSideOf } from './compositionRoot.ts'

/**
 * The OpenAPI document of both sides. Builds the very app that serves them, on a keyring that is thrown
 * away and on no database: nothing is asked of either.
 */
export async function describeService() {
  const keyring = makeKeyring('2000-01-01')
  const clock = () => new Date(0)
  const log = createLog('silent')
  const app = await buildApp({
    log,
    limits: { bodyLimit: 1, rateLimit: 0, trustProxy: [], corsOrigins: [] },
    checks: new Map(),
    publicSide: publicSideOf(unasked('sotto_intake'), keyring, clock, {
      challenge: 'off',
      challengeThreshold: 1,
      signpostsFile: undefined,
      nextRead: 'the next working day',
      pages: false,
      siteFile: undefined,
      retentionDays: 365,
    }),
    staffSide: staffSideOf(
      { triage: unasked('sotto_triage'), partner: unasked('sotto_partner') },
      keyring,
      clock,
      {
        oidc: undefined,
        requireReason: false,
        replyLimit: 3,
        webhookAllow: [],
        retentionDays: 365,
        purgeGraceDays: 14,
        console: false,
        pages: false,
        siteFile: undefined,
        signpostsFile: undefined,
        nextRead: '',
      },
      log,
    ),
  })
  try {
    await app.ready()
    const document = withServers(app.swagger())
    return { yaml: asYaml(document), document }
  } finally {
    await app.close()
  }
}

/** Where to find the service, for those who have the document from elsewhere: Postman cannot send to `/`. */
function withServers<Document extends object>(document: Document): Document {
  const local = {
    url: 'http://127.0.0.1:8080',
    description: 'A local service, where `npm start` listens',
    'x-internal': false,
  }
  const served = {
    url: '/',
    description: 'Where a page of the service asks, in production',
    'x-internal': false,
  }
  return { ...document, servers: [local, served] }
}

/** A pool with nothing behind it. */
function unasked<Role extends DatabaseRole>(role: Role): Pool<Role> {
  const refuse = async () => {
    throw new TypeError('there is no database behind a description')
  }
  return { role, query: refuse, page: refuse, transaction: refuse, waiting: () => 0, close: async () => {} }
}
