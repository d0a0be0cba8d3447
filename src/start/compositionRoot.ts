import type { PublicSide, StaffSide } from '../app.ts'
import { codeFlow } from '../auth/codeFlow.ts'
import { localTokens } from '../auth/localTokens.ts'
import { type OidcSettings, oidcTokens } from '../auth/oidc.ts'
import { tellingOfRefusals } from '../auth/refusedTokens.ts'
import { oidcSubjects } from '../auth/subjects.ts'
import { tokenOriginOf } from '../auth/tokenOrigin.ts'
import { askTogether } from '../concurrency/askTogether.ts'
import type { Peers } from '../concurrency/peers.ts'
import type { Console } from '../console/console.ts'
import { readConsole } from '../console/files.ts'
import { type Keyring, secretsOf } from '../crypto/keyring.ts'
import type { StoredAnswer } from '../crypto/storedAnswer.ts'
import { isStaffToken } from '../crypto/token.ts'
import { auditReading } from '../domain/audit/reading.ts'
import { auditTrail } from '../domain/audit/trail.ts'
import { type ChallengeMode, createChallenges } from '../domain/challenge/challenges.ts'
import { type Effort, leastEffort } from '../domain/challenge/effort.ts'
import { organisationRecipient } from '../domain/envelope/organisationKeys.ts'
import { eventFeed } from '../domain/events/feed.ts'
import { type ExportTimes, reportExport } from '../domain/export/exportReports.ts'
import { createIntake } from '../domain/intake/intake.ts'
import { type IntakeKeys, intakeKeys } from '../domain/intake/intakeKeys.ts'
import { publishedKeys } from '../domain/intake/publishedKeys.ts'
import { receiptsAhead } from '../domain/intake/receiptsAhead.ts'
import { publishTaxonomies } from '../domain/intake/taxonomy.ts'
import { createMailboxes } from '../domain/mailbox/mailbox.ts'
import { createSharing } from '../domain/sharing/sharing.ts'
import { staffList } from '../domain/staff/staffList.ts'
import { waysIn } from '../domain/staff/waysIn.ts'
import { submissions } from '../domain/submissions/submissions.ts'
import { createTriage } from '../domain/triage/triage.ts'
import { allowanceOf } from '../domain/webhooks/destination.ts'
import { webhookRegister } from '../domain/webhooks/register.ts'
import { reencodeImage } from '../images/reencodeImage.ts'
import type { Log } from '../log.ts'
import type { Organisation } from '../pages/partner/deps.ts'
import { findStoredAnswers, storeAnswer } from '../storage/idempotencyStore.ts'
import type { Pool } from '../storage/pool.ts'
import { dayOf } from '../vocabulary/calendar.ts'
import { Fault } from '../vocabulary/faults.ts'
import { periodsOf } from '../vocabulary/periods.ts'
import { signpostsIn } from './signpostsFile.ts'
import { siteIn } from './siteFile.ts'

type Clock = () => Date

/** Answers of before that are asked for in one statement: as many calls as a batch holds. */
const answersAtOnce = 256

export interface PublicSettings {
  challenge: ChallengeMode
  challengeThreshold: number
  /** What a challenge costs while all is calm, if not the usual. */
  effort?: Effort | undefined
  signpostsFile: string | undefined
  /** When somebody next reads, in words. */
  nextRead: string
  pages: boolean
  siteFile: string | undefined
  retentionDays: number
  peers?: Peers | undefined
}

/** Puts the public side together: public keys and intake's pool are all that it has. */
export function publicSideOf(
  pool: Pool<'sotto_intake'>,
  keyring: Keyring,
  clock: Clock,
  {
    challenge: mode,
    challengeThreshold: threshold,
    effort = leastEffort,
    signpostsFile,
    nextRead,
    pages,
    siteFile,
    retentionDays,
    peers,
  }: PublicSettings,
): PublicSide & { intakeKeys: IntakeKeys } {
  const keys = intakeKeys(keyring, pool, clock)
  const signposts = signpostsIn(signpostsFile)
  const settings = { signposts, nextRead }
  return {
    intake: createIntake({ pool, keys, settings, clock, receipts: receiptsAhead() }),
    mailboxes: createMailboxes({
      pool,
      recipients: keys.recipients,
      staffSigningKeys: () => staffSigningKeys(keyring),
      reencode: reencodeImage,
      clock,
    }),
    challenges: createChallenges({ pool, clock, mode, threshold, effort, peers }),
    taxonomy: publishTaxonomies(signposts),
    keys: () => publishedKeys(keyring),
    intakeKeys: keys,
    findStoredAnswer: askTogether((keyHashes) => findStoredAnswers(pool, keyHashes), answersAtOnce),
    site: pages ? siteIn(siteFile) : undefined,
    retentionDays,
  }
}

/** What staff messages are signed with: the key of now, those of before, and the one that is to come. */
function staffSigningKeys({ keys }: Keyring): Buffer[] {
  return keys
    .filter(({ purpose }) => purpose === 'sign')
    .map(({ publicKey = '' }) => Buffer.from(publicKey, 'base64url'))
}

export interface StaffSettings {
  oidc: OidcSettings | undefined
  requireReason: boolean
  replyLimit: number
  webhookAllow: readonly string[]
  retentionDays: number
  purgeGraceDays: number
  /** Whether the console is served. */
  console: boolean
  signpostsFile: string | undefined
  /** When somebody next reads, in words. */
  nextRead: string
  pages: boolean
  siteFile: string | undefined
}

/** Staff act as triage; what a partner asks is asked as the partner role. */
export interface StaffPools {
  triage: Pool<'sotto_triage'>
  partner: Pool<'sotto_partner'>
}

/** Puts the staff's side together. */
export function staffSideOf(
  { triage: pool, partner }: StaffPools,
  keyring: Keyring,
  clock: Clock,
  {
    oidc,
    requireReason,
    replyLimit,
    webhookAllow,
    retentionDays,
    purgeGraceDays,
    console: withConsole,
    signpostsFile,
    nextRead,
    pages,
    siteFile,
  }: StaffSettings,
  log: Log,
  exporting?: ExportTimes,
): StaffSide {
  const audit = auditTrail(pool, keyring, clock)
  const periods = periodsOf({ retentionDays, purgeGraceDays })
  const local = localTokens(pool, keyring, clock)
  const persons = oidcSubjects(pool, keyring, clock)
  const whenAway = (reason: string) => log.warn(`OIDC_ISSUER: no keys, ${reason}`)
  const whenRefused = tellingOfRefusals((code, count) => log.warn('a JWT was refused', { code, count }))
  const signposts = signpostsIn(signpostsFile)
  const fromIssuer = oidc && oidcTokens({ ...oidc, clock, persons, whenAway, whenRefused })
  return {
    findStoredAnswer: askTogether((keyHashes) => findStoredAnswers(pool, keyHashes), answersAtOnce),
    staff: (asker) => staffList({ tokens: local, subjects: persons }, asker),
    waysIn: () => waysIn(local, persons),
    audit: auditReading({ pool, keyring, audit, clock }),
    triage: createTriage(
      {
        pool,
        keyring,
        audit,
        clock,
        periods,
        waysIn: () => waysIn(local, persons),
        log,
      },
      { replyLimit },
    ),
    feed: eventFeed({ pool, keyring }),
    exporting: reportExport({ pool, keyring, audit, clock, periods, log }, exporting),
    sharing: createSharing({ pool, keyring, audit, clock }, partner),
    submissions: submissions({
      pool,
      partnerPool: partner,
      keyring,
      audit,
      clock,
      periods,
      mailboxes: createMailboxes({
        pool: partner,
        recipients: async () => [organisationRecipient(keyring)],
        staffSigningKeys: () => staffSigningKeys(keyring),
        reencode: reencodeImage,
        clock,
      }),
      settings: { signposts, nextRead },
    }),
    webhooks: webhookRegister({ pool, keyring, audit, clock }, allowanceOf(webhookAllow)),
    requireReason,
    partnerPages: pages
      ? {
          site: siteIn(siteFile),
          taxonomy: publishTaxonomies(signposts),
          secrets: () => secretsOf(keyring, 'cursor'),
          storeAnswer: (kept) => storePageAnswer(pool, kept, clock),
          organisation: fromIssuer && oidc && organisationOf(oidc, fromIssuer, log),
          clock,
        }
      : undefined,
    console: withConsole ? consoleOf({ oidc, requireReason }, log) : undefined,
    authenticator: {
      identify: async (token) => (isStaffToken(token) ? local.identify(token) : fromIssuer?.identify(token)),
      recordDenial: (person, target) => audit.recordDenial({ actor: person.id, role: person.role, target }),
    },
  }
}

/** How people sign in at the issuer on pages without a script, where its client is known. */
function organisationOf(
  { issuer, audience, clientId }: OidcSettings,
  { enter, personOf }: ReturnType<typeof oidcTokens>,
  log: Log,
): Organisation | undefined {
  if (clientId === undefined) return undefined
  const whenAway = (reason: string) => log.warn(`OIDC_ISSUER: nobody can sign in at /partner/, ${reason}`)
  return { flow: codeFlow({ issuer, audience, clientId, whenAway }), enter, personOf }
}

/** Keeps an answer of a page by itself; false where there is one under its key. */
async function storePageAnswer(
  pool: Pool<'sotto_triage'>,
  kept: StoredAnswer,
  clock: Clock,
): Promise<boolean> {
  try {
    await pool.transaction((query) => storeAnswer(query, dayOf(clock()), kept))
    return true
  } catch (error) {
    if (error instanceof Fault && error.kind === 'repeated') return false
    throw error
  }
}

/** What was built of the console, with what it must know. Its absence stops no report: it is said, and nothing is served. */
function consoleOf(
  { oidc, requireReason }: Pick<StaffSettings, 'oidc' | 'requireReason'>,
  log: Log,
): Console | undefined {
  const files = readConsole()
  if (files === undefined) {
    log.warn('CONSOLE: not built (npm run build), and so not served')
    return undefined
  }
  const { issuer = '', audience = '', clientId } = oidc ?? {}
  if (clientId === undefined)
    return { files, settings: { requireReason, signIn: undefined }, tokenOrigin: async () => undefined }
  const whenAway = (reason: string) =>
    log.warn(`OIDC_ISSUER: the console takes its tokens from its own origin alone, ${reason}`)
  return {
    files,
    settings: { requireReason, signIn: { issuer, clientId, audience } },
    tokenOrigin: tokenOriginOf(issuer, whenAway),
  }
}
