import fastify, { type FastifyRequest } from 'fastify'
import { noPeers, type Peers } from './concurrency/peers.ts'
import { type Console, serveConsole } from './console/console.ts'
import type { AuditReading } from './domain/audit/reading.ts'
import type { Challenges } from './domain/challenge/challenges.ts'
import type { EventFeed } from './domain/events/feed.ts'
import type { ReportExport } from './domain/export/exportReports.ts'
import type { Intake } from './domain/intake/intake.ts'
import type { Taxonomies } from './domain/intake/taxonomy.ts'
import type { Mailboxes } from './domain/mailbox/mailbox.ts'
import type { Sharing } from './domain/sharing/sharing.ts'
import type { staffList } from './domain/staff/staffList.ts'
import type { WayIn } from './domain/staff/waysIn.ts'
import type { Submissions } from './domain/submissions/submissions.ts'
import type { Triage } from './domain/triage/triage.ts'
import type { WebhookRegister } from './domain/webhooks/register.ts'
import type { Log } from './log.ts'
import { servePages } from './pages/pages.ts'
import type { PartnerPagesDeps } from './pages/partner/deps.ts'
import { servePartnerPages } from './pages/partner/pages.ts'
import type { Site } from './pages/site.ts'
import { type Authenticator, authenticate, personOf } from './plugins/authentication.ts'
import { askForChallenges } from './plugins/challenge.ts'
import { waitingClients } from './plugins/clients.ts'
import { negotiateContent } from './plugins/contentNegotiation.ts'
import { allowOrigins } from './plugins/cors.ts'
import { constantHeaders, setHeaders } from './plugins/headers.ts'
import { readReasons } from './plugins/headerText.ts'
import { type IdempotencyStore, takeIdempotencyKeys } from './plugins/idempotency.ts'
import { imageRoom } from './plugins/imageBodies.ts'
import { readJson } from './plugins/json.ts'
import { limitConcurrency } from './plugins/limitConcurrency.ts'
import { shedLoad } from './plugins/loadShedding.ts'
import { answerUnroutedMethods, type ShowPage } from './plugins/methods.ts'
import { describeApi } from './plugins/openapi.ts'
import { workInTurn } from './plugins/pipelining.ts'
import { answerBrokenRequest, answerWithProblems, sendProblem } from './plugins/problems.ts'
import { limitRequests } from './plugins/rateLimit.ts'
import { askForReceipt, receiptKeysOf } from './plugins/receipt.ts'
import { endSlowBodies, longestBody } from './plugins/slowBodies.ts'
import { guardAgainstSlowReaders } from './plugins/slowReaderGuard.ts'
import { guardAgainstSmuggling } from './plugins/smugglingGuard.ts'
import { validateBySchema } from './plugins/validation.ts'
import { answerProducts, readProducts } from './routes/partner/disseminations.ts'
import { answerTriage, followSubmissions, submitInformation } from './routes/partner/submissions.ts'
import { readCategories } from './routes/public/categories.ts'
import { challengeRoutes } from './routes/public/challenges.ts'
import { leadToDocs } from './routes/public/front.ts'
import { type Check, readHealth } from './routes/public/health.ts'
import { readKeys } from './routes/public/keys.ts'
import { addMessage, endMailbox, readMailbox } from './routes/public/mailbox.ts'
import { addAttachment } from './routes/public/mailboxAttachments.ts'
import { explainProblems } from './routes/public/problems.ts'
import { checkDraft, submitReport } from './routes/public/reports.ts'
import { tellSecurityContact } from './routes/public/securityTxt.ts'
import { agencyKeyRoutes, agencyRoutes } from './routes/triage/agencies.ts'
import { listApprovals } from './routes/triage/approvals.ts'
import { assess } from './routes/triage/assessment.ts'
import { destroyAttachment, quarantineAttachment, readAttachments } from './routes/triage/attachments.ts'
import { readAudit, readAuditHead, readRestricted } from './routes/triage/audit.ts'
import { closeSelections } from './routes/triage/closures.ts'
import { disseminate, readDisseminations, reviewDisseminations } from './routes/triage/disseminations.ts'
import { confirmEntities } from './routes/triage/entities.ts'
import { eraseByLaw } from './routes/triage/erasure.ts'
import { followEvents, showEvent } from './routes/triage/events.ts'
import { exportReports } from './routes/triage/export.ts'
import { readHistory } from './routes/triage/history.ts'
import { decideItems, readItems, writeItems } from './routes/triage/items.ts'
import { decideLinks, readWatchList } from './routes/triage/links.ts'
import { readMe } from './routes/triage/me.ts'
import { converse, decideMessages } from './routes/triage/messages.ts'
import { noteRoutes } from './routes/triage/notes.ts'
import { recordOutcomes } from './routes/triage/outcomes.ts'
import { patchReport } from './routes/triage/patchReport.ts'
import { consultReport, listReports } from './routes/triage/reports.ts'
import { searchReports } from './routes/triage/search.ts'
import { listSetAside } from './routes/triage/setAside.ts'
import { listStaff } from './routes/triage/staff.ts'
import { countReports } from './routes/triage/stats.ts'
import { readSubmitter } from './routes/triage/submitter.ts'
import { watchDeliveries, webhookRoutes } from './routes/triage/webhooks.ts'
import type { PublicKeys } from './schemas/intake.ts'
import type { Scope } from './scope.ts'
import type { Person } from './vocabulary/person.ts'

/** What the public side needs: `ROLE=intake` and `all` have it. */
export interface PublicSide {
  intake: Intake
  mailboxes: Mailboxes
  challenges: Challenges
  taxonomy: Taxonomies
  keys: () => PublicKeys
  findStoredAnswer: IdempotencyStore['find']
  /** What the pages for the public say of who runs them; absent where they are off. */
  site: Site | undefined
  /** How long a report is kept, if nobody says otherwise: the pages tell it. */
  retentionDays: number
}

/** What the staff's side needs: `ROLE=triage` and `all` have it. */
export interface StaffSide {
  triage: Triage
  feed: EventFeed
  exporting: ReportExport
  audit: AuditReading
  /** Whether a report opens only to those who say why. */
  requireReason: boolean
  authenticator: Authenticator
  staff: (asker: Person) => ReturnType<typeof staffList>
  /** Every way in that is good now. */
  waysIn: () => Promise<WayIn[]>
  findStoredAnswer: IdempotencyStore['find']
  sharing: Sharing
  submissions: Submissions
  webhooks: WebhookRegister
  /** Absent where it is off, or was not built. */
  console: Console | undefined
  /** What partners' pages need beyond; absent where pages are off. */
  partnerPages:
    | Omit<PartnerPagesDeps, 'images' | 'submissions' | 'authenticator' | 'findStoredAnswer'>
    | undefined
}

/** How much is let in, and from where. */
export interface Limits {
  bodyLimit: number
  rateLimit: number
  trustProxy: readonly string[]
  corsOrigins: readonly string[]
  /** Who else serves this port. */
  peers?: Peers | undefined
}

export interface AppDeps {
  log: Log
  limits: Limits
  checks: ReadonlyMap<string, Check>
  publicSide?: PublicSide | undefined
  staffSide?: StaffSide | undefined
  /** Whom to tell of a flaw. */
  securityContact?: string | undefined
}

/** The whole app on one screen: what holds for every request, then the public scope and the staff's scope. */
export async function buildApp({
  log,
  limits,
  checks,
  publicSide,
  staffSide,
  securityContact,
}: AppDeps): Promise<Scope> {
  const pages: ShowPage[] = []
  const showPage: ShowPage = (...asked) => {
    for (const show of pages) {
      const shown = show(...asked)
      if (shown !== undefined) return shown
    }
    return undefined
  }
  const app: Scope = fastify({
    // Fastify logs nothing: what may be logged goes through log.ts.
    logger: false,
    genReqId: () => '',
    bodyLimit: limits.bodyLimit,
    trustProxy: limits.trustProxy.length > 0 ? [...limits.trustProxy] : false,
    requestTimeout: longestBody + 5_000,
    keepAliveTimeout: 10_000,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (_error, request, reply) => {
      reply.headers(constantHeaders())
      void (showPage(request, reply, 'bad-request') ?? sendProblem(reply, { code: 'bad-request' }))
    },
    return503OnClosing: false,
    // A parameter of any length is one that is not there: only the whole address has a limit, in Node.
    routerOptions: { maxParamLength: 16_384 },
    http: { connectionsCheckingInterval: 1_000, headersTimeout: 10_000, requireHostHeader: false },
  })

  answerWithProblems(app, log)
  validateBySchema(app)
  readJson(app)
  workInTurn(app)
  guardAgainstSlowReaders(app)
  setHeaders(app)
  await allowOrigins(app, limits.corsOrigins)
  shedLoad(app)
  await limitRequests(app, { perMinute: limits.rateLimit, peers: limits.peers ?? noPeers })
  guardAgainstSmuggling(app)
  endSlowBodies(app)
  answerUnroutedMethods(app, showPage)
  negotiateContent(app)
  readReasons(app)
  await describeApi(app)

  readHealth(app, checks)
  explainProblems(app)
  if (securityContact !== undefined) tellSecurityContact(app, securityContact)
  if (publicSide?.site === undefined) leadToDocs(app)
  const images = imageRoom()
  if (publicSide !== undefined) {
    await app.register(async (scope: Scope) => {
      takeIdempotencyKeys(scope, { find: publicSide.findStoredAnswer, callerOf: () => 'public' })
      askForChallenges(scope, publicSide.challenges)
      readCategories(scope, publicSide.taxonomy)
      readKeys(scope, publicSide.keys)
      submitReport(scope, publicSide.intake)
      checkDraft(scope, publicSide.intake)
      challengeRoutes(scope, publicSide.challenges)
    })
    await app.register(async (scope: Scope) => {
      const callerOf = (request: FastifyRequest) => receiptKeysOf(request).lookupId.toString('hex')
      limitConcurrency(scope)
      takeIdempotencyKeys(scope, { find: publicSide.findStoredAnswer, callerOf })
      askForChallenges(scope, publicSide.challenges)
      askForReceipt(scope, publicSide.mailboxes, publicSide.challenges)
      readMailbox(scope, publicSide.mailboxes)
      addMessage(scope, publicSide.mailboxes)
      await addAttachment(scope, publicSide.mailboxes, images)
      endMailbox(scope, publicSide.mailboxes)
    })
    const { site } = publicSide
    const { peers = noPeers } = limits
    const waitingClient = waitingClients(limits.rateLimit > 0, peers.clientSecret)
    if (site !== undefined)
      await app.register(async (scope: Scope) => {
        pages.push(await servePages(scope, { ...publicSide, site, images, waitingClient, peers }))
      })
  }
  if (staffSide !== undefined) {
    await app.register(async (scope: Scope) => {
      authenticate(scope, staffSide.authenticator)
      takeIdempotencyKeys(scope, {
        find: staffSide.findStoredAnswer,
        callerOf: (request) => personOf(request).id,
      })
      readMe(scope)
      listStaff(scope, staffSide.staff)
      listReports(scope, staffSide.triage)
      listSetAside(scope, staffSide.triage)
      searchReports(scope, staffSide.triage)
      consultReport(scope, staffSide.triage, staffSide.requireReason)
      exportReports(scope, { ...staffSide, identify: staffSide.authenticator.identify })
      patchReport(scope, staffSide.triage)
      readHistory(scope, staffSide.triage)
      readSubmitter(scope, staffSide.triage)
      followEvents(scope, { feed: staffSide.feed, identify: staffSide.authenticator.identify })
      showEvent(scope, { feed: staffSide.feed })
      countReports(scope, staffSide.triage)
      assess(scope, staffSide.triage)
      noteRoutes(scope, staffSide.triage)
      readItems(scope, staffSide.triage)
      writeItems(scope, staffSide.triage)
      decideItems(scope, staffSide.triage)
      listApprovals(scope, staffSide.triage)
      closeSelections(scope, staffSide.triage)
      eraseByLaw(scope, staffSide.triage)
      converse(scope, staffSide.triage)
      decideMessages(scope, staffSide.triage)
      agencyRoutes(scope, staffSide.sharing.agencies)
      agencyKeyRoutes(scope, staffSide.sharing.agencies)
      readDisseminations(scope, staffSide.sharing.disseminations)
      disseminate(scope, staffSide.sharing.disseminations)
      reviewDisseminations(scope, staffSide.sharing.disseminations)
      recordOutcomes(scope, staffSide.sharing.outcomes)
      confirmEntities(scope, staffSide.sharing.entities)
      decideLinks(scope, staffSide.sharing.links)
      readWatchList(scope, staffSide.sharing.watched)
      webhookRoutes(scope, staffSide.webhooks)
      watchDeliveries(scope, staffSide.webhooks)
      readProducts(scope, staffSide.sharing.desk)
      answerProducts(scope, staffSide.sharing.desk)
      submitInformation(scope, staffSide.submissions)
      followSubmissions(scope, staffSide.submissions)
      await answerTriage(scope, staffSide.submissions, images)
      readAttachments(scope, staffSide.triage.attachments)
      quarantineAttachment(scope, staffSide.triage.attachments)
      destroyAttachment(scope, staffSide.triage.attachments)
      readAudit(scope, staffSide.audit)
      readAuditHead(scope, staffSide.audit)
      readRestricted(scope, staffSide.audit)
    })
    const { console, partnerPages } = staffSide
    if (console !== undefined) await app.register(async (scope: Scope) => serveConsole(scope, console))
    if (partnerPages !== undefined)
      await app.register(async (scope: Scope) => {
        // Asked before the public's pages, which answer everywhere else.
        pages.unshift(await servePartnerPages(scope, { ...staffSide, ...partnerPages, images }))
      })
  }
  return app
}
