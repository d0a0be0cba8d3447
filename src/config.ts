import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { OidcSettings } from './auth/oidc.ts'
import { type ChallengeMode, challengeModes } from './domain/challenge/challenges.ts'
import { usualNextRead } from './domain/signposts/inLanguage.ts'
import { parseWebhookAllow } from './domain/webhooks/destination.ts'
import { type LogLevel, logLevels } from './log.ts'
import { parseOrigins } from './plugins/cors.ts'
import { parseTrustProxy } from './plugins/trustProxy.ts'
import {
  ConfigError,
  contact,
  type Environment,
  integer,
  list,
  mapOf,
  oneOf,
  postgresUrl,
  setting,
  trustworthyUrl,
  words,
} from './settings.ts'
import { isStaffRole, staffRoles } from './vocabulary/roles.ts'

export const serviceRoles = ['all', 'intake', 'triage'] as const
export type ServiceRole = (typeof serviceRoles)[number]

/** Every setting of the service, read once. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly role: ServiceRole
  /** Absent: the embedded Postgres in `dataDir` is used. */
  readonly databaseUrl: string | undefined
  readonly intakeDatabaseUrl: string | undefined
  readonly migrationDatabaseUrl: string | undefined
  readonly dataDir: string
  /** Where the embedded database's programs are looked for, beside the npm package: PATH. */
  readonly searchPath: string
  readonly keyringFile: string
  /** What `keyringFile` is, or that the keyring comes from a command instead. */
  readonly keyringFrom: 'file' | 'credential' | 'command'
  /** A shell's command that prints the keyring. */
  readonly keyringCommand: string | undefined
  readonly logLevel: LogLevel
  /** Bytes of a JSON body at most. */
  readonly bodyLimit: number
  readonly challenge: ChallengeMode
  /** When somebody next reads, in the words that reporters are shown. */
  readonly nextRead: string
  /** Corrections of the signposts: a JSON file, if there are any. */
  readonly signpostsFile: string | undefined
  /** Days for which reports in no review group are kept. */
  readonly retentionDays: number
  /** Days for which what was loosened is not purged. */
  readonly purgeGraceDays: number
  /** Valid reports a minute, at one instance, from which on each needs a proof of work. */
  readonly challengeThreshold: number
  /** Requests a minute and client; 0 is off. */
  readonly rateLimit: number
  /** Addresses whose X-Forwarded-For is believed. */
  readonly trustProxy: readonly string[]
  /** Origins whose pages may call from a browser. */
  readonly corsOrigins: readonly string[]
  /** A URI, for /.well-known/security.txt. */
  readonly securityContact: string | undefined
  /** Absent: staff come in with local tokens alone. */
  readonly oidc: OidcSettings | undefined
  /** Whether a report opens only to those who say why. */
  readonly requireReason: boolean
  /** Messages of a reporter after which staff messages to them are locked, until a supervisor unlocks. */
  readonly replyLimit: number
  /** People, by id or name, whom reports of corruption name from the start. */
  readonly restrictedTo: readonly string[]
  /** Hosts, hosts with a port and CIDRs that webhooks may reach although they are not public, or not encrypted. */
  readonly webhookAllow: readonly string[]
  /** Where Prometheus may ask, on loopback; absent: nowhere. */
  readonly metricsPort: number | undefined
  /** Whether the pages for the public are served, where intake is. */
  readonly pages: boolean
  /** Whether the console for staff is served, where triage is. */
  readonly console: boolean
  /** What the pages say of who runs them: a JSON file, if there is one. */
  readonly siteFile: string | undefined
  /** Processes behind the one port. */
  readonly workers: number
}

/** What this process was started with, for who looks after Node's own settings. */
export function processEnvironment(): Environment {
  return process.env
}

/** Reads the environment. Throws ConfigError at the first setting that is wrong. */
export function loadConfig(environment: Environment = process.env): Config {
  const dataDir = resolve(setting(environment, 'DATA_DIR') ?? './data')
  const keyring = keyringSettings(environment)
  const config: Config = {
    host: setting(environment, 'HOST') ?? '127.0.0.1',
    port: integer(environment, 'PORT', { from: 0, to: 65_535, otherwise: 8080 }),
    role: oneOf(environment, 'ROLE', serviceRoles, 'all'),
    databaseUrl: postgresUrl(environment, 'DATABASE_URL'),
    intakeDatabaseUrl: postgresUrl(environment, 'INTAKE_DATABASE_URL'),
    migrationDatabaseUrl: postgresUrl(environment, 'MIGRATION_DATABASE_URL'),
    dataDir,
    searchPath: setting(environment, 'PATH') ?? '/usr/local/bin:/usr/bin:/bin',
    keyringFile: resolve(keyring.file ?? join(dataDir, 'keyring.json')),
    keyringFrom: keyring.from,
    keyringCommand: keyring.command,
    logLevel: oneOf(environment, 'LOG_LEVEL', logLevels, 'info'),
    nextRead: words(environment, 'NEXT_READ', usualNextRead),
    signpostsFile: setting(environment, 'SIGNPOSTS_FILE'),
    retentionDays: integer(environment, 'RETENTION_DAYS', { from: 30, to: 36_500, otherwise: 365 }),
    purgeGraceDays: integer(environment, 'PURGE_GRACE_DAYS', { from: 0, to: 3_650, otherwise: 14 }),
    challenge: oneOf(environment, 'CHALLENGE', challengeModes, 'adaptive'),
    challengeThreshold: integer(environment, 'CHALLENGE_THRESHOLD', {
      from: 1,
      to: 1_000_000,
      otherwise: 60,
    }),
    rateLimit: integer(environment, 'RATE_LIMIT', { from: 0, to: 1_000_000, otherwise: 120 }),
    trustProxy: list(environment, 'TRUST_PROXY', parseTrustProxy),
    corsOrigins: list(environment, 'CORS_ORIGINS', parseOrigins),
    bodyLimit: integer(environment, 'BODY_LIMIT', { from: 1024, to: 16_777_216, otherwise: 262_144 }),
    securityContact: contact(environment, 'SECURITY_CONTACT'),
    oidc: oidcSettings(environment),
    requireReason: oneOf(environment, 'REQUIRE_REASON', ['true', 'false'], 'false') === 'true',
    replyLimit: integer(environment, 'REPLY_LIMIT', { from: 1, to: 100, otherwise: 3 }),
    restrictedTo: list(environment, 'RESTRICTED_TO', parsePeople),
    webhookAllow: list(environment, 'WEBHOOK_ALLOW', parseWebhookAllow),
    metricsPort:
      setting(environment, 'METRICS_PORT') === undefined
        ? undefined
        : integer(environment, 'METRICS_PORT', { from: 0, to: 65_535, otherwise: 0 }),
    pages: oneOf(environment, 'PAGES', ['on', 'off'], 'on') === 'on',
    console: oneOf(environment, 'CONSOLE', ['on', 'off'], 'on') === 'on',
    siteFile: setting(environment, 'SITE_FILE'),
    workers: integer(environment, 'WORKERS', { from: 1, to: 64, otherwise: 1 }),
  }
  if (config.intakeDatabaseUrl !== undefined && config.databaseUrl === undefined) {
    throw new ConfigError('INTAKE_DATABASE_URL needs DATABASE_URL beside it')
  }
  return Object.freeze(config)
}

/** Where the demonstration finds a service that runs already, if it is told. */
export function demoSettings(environment: Environment = process.env): {
  url: string | undefined
  token: string | undefined
} {
  return { url: setting(environment, 'SOTTO_URL'), token: setting(environment, 'SOTTO_TOKEN') }
}

/** Two people or more, by id or name: fewer could not look at each other. */
function parsePeople(text: string): string[] {
  const people = [...new Set(text.split(',').map((one) => one.trim()))]
  if (people.length < 2 || people.length > 50 || people.includes('')) {
    throw new Error('must name 2 to 50 people, by id or name, separated by commas')
  }
  return people
}

/** A file that is named comes first; then a command; then what systemd hands over as the credential `keyring.json`. */
function keyringSettings(environment: Environment) {
  const file = setting(environment, 'KEYRING_FILE')
  const command = setting(environment, 'KEYRING_COMMAND')
  const credentials = setting(environment, 'CREDENTIALS_DIRECTORY')
  if (file !== undefined && command !== undefined) {
    throw new ConfigError('KEYRING_COMMAND and KEYRING_FILE: set one of them')
  }
  if (command !== undefined) return { from: 'command', command, file } as const
  const credential = credentials === undefined ? undefined : join(credentials, 'keyring.json')
  if (file === undefined && credential !== undefined && existsSync(credential)) {
    return { from: 'credential', command, file: credential } as const
  }
  return { from: 'file', command, file } as const
}

function oidcSettings(environment: Environment): OidcSettings | undefined {
  const issuer = trustworthyUrl(environment, 'OIDC_ISSUER')
  const audience = setting(environment, 'OIDC_AUDIENCE')
  const jwksUrl = trustworthyUrl(environment, 'OIDC_JWKS_URL')
  if (issuer === undefined) {
    const orphan = [
      'OIDC_AUDIENCE',
      'OIDC_JWKS_URL',
      'OIDC_ROLE_MAP',
      'OIDC_AGENCY_MAP',
      'OIDC_CLIENT_ID',
    ].find((name) => setting(environment, name) !== undefined)
    if (orphan !== undefined) throw new ConfigError(`${orphan} needs OIDC_ISSUER beside it`)
    return undefined
  }
  // Tokens that the issuer made for others would open this service too.
  if (audience === undefined) throw new ConfigError('OIDC_ISSUER needs OIDC_AUDIENCE beside it')
  if (issuer.includes('?')) throw new ConfigError('OIDC_ISSUER must have no query')
  return {
    issuer,
    audience,
    jwksUrl,
    clientId: setting(environment, 'OIDC_CLIENT_ID'),
    roleClaim: setting(environment, 'OIDC_ROLE_CLAIM') ?? 'roles',
    agencyClaim: setting(environment, 'OIDC_AGENCY_CLAIM') ?? 'agency',
    roleMap: mapOf(environment, 'OIDC_ROLE_MAP', isStaffRole, `one of ${staffRoles.join(', ')}`),
    agencyMap: mapOf(environment, 'OIDC_AGENCY_MAP', isAgencySlug, 'the slug of an agency'),
  }
}

function isAgencySlug(text: string): text is string {
  return /^[a-z][a-z0-9-]{0,63}$/.test(text)
}
