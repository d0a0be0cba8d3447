import { type BlockList, isIP } from 'node:net'
import { blockListOf, isPublicAddress } from './publicAddress.ts'

/** What the operator lets webhooks reach although it is not public, or not encrypted. */
export interface Allowance {
  /** Lower case: `host`, on any port, or `host:port`. */
  hosts: ReadonlySet<string>
  ranges: BlockList
}

const host = /^([a-z0-9_]([a-z0-9_.-]{0,252}[a-z0-9_])?|\[[0-9a-f:.]+\])(:[1-9]\d{0,4})?$/

/**
 * Reads WEBHOOK_ALLOW: hosts, hosts with a port and CIDRs, separated by commas. Throws a RangeError that states the rule
 * for anything else, and for a range of all addresses.
 */
export function parseWebhookAllow(text: string): string[] {
  const entries = text.split(',').map((one) => one.trim().toLowerCase())
  try {
    allowanceOf(entries)
  } catch {
    throw new RangeError(
      'must list hosts, hosts with a port such as hooks.example:8443, or CIDRs such as 10.1.0.0/16, separated by commas',
    )
  }
  return entries
}

export function allowanceOf(entries: readonly string[]): Allowance {
  const addresses = entries.filter((entry) => isIP(entry) !== 0)
  const ranges = entries.filter((entry) => entry.includes('/'))
  const hosts = entries.filter((entry) => !entry.includes('/') && isIP(entry) !== 6)
  if (!hosts.every((entry) => host.test(entry))) throw new RangeError('is no host')
  const single = addresses.map((address) => `${address}/${isIP(address) === 4 ? 32 : 128}`)
  return { hosts: new Set(hosts), ranges: blockListOf([...ranges, ...single]) }
}

/** Names that are never of the public internet (RFC 6761, 6762, 8375, and `internal`, which is kept for private use). */
const notPublicNames = /^(.+\.)?(localhost|local|internal|home\.arpa)$/

/**
 * The rule that an address of a webhook breaks; undefined if it may have it: https, with nothing hidden in it and no
 * address that is not public; http and other addresses only as the operator allows. Names are looked at again when they
 * are resolved.
 */
export function brokenRuleOf(text: string, allowance: Allowance): string | undefined {
  // Parsers pass over white space, and read backslashes and missing slashes as they like.
  if (/[\s\p{C}\p{Z}\\]/u.test(text)) return 'must hold no spaces, control characters or backslashes'
  const authority = /^https?:\/\/([^/?#]+)/i.exec(text)?.[1]
  if (authority === undefined || text.length > 2048 || !URL.canParse(text))
    return 'must be a whole address that begins with https://'
  if (authority.includes('@')) return 'must hold no user and no password'
  if (text.includes('#')) return 'must hold no fragment'
  const url = new URL(text)
  if (url.port === '0') return 'must have a port that can be called'
  if (isListed(url, allowance)) return undefined
  const address = literalOf(url)
  if (address !== undefined && isInRanges(address, allowance)) return undefined
  if (url.protocol !== 'https:') return 'must be https, unless WEBHOOK_ALLOW lists it'
  const isPublic = address === undefined ? isPublicName(url.hostname) : isPublicAddress(address)
  return isPublic ? undefined : notPublic
}

export const notPublic = 'must lead to a public address, unless WEBHOOK_ALLOW lists it'

/** Whether a webhook may have this address. */
export function mayBeCalled(text: string, allowance: Allowance): boolean {
  return brokenRuleOf(text, allowance) === undefined
}

/** A name of one label is one of a local network. */
function isPublicName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '')
  return name.includes('.') && !notPublicNames.test(name)
}

/** Whether a connection to this address may be made for this URL. */
export function mayBeReached(url: URL, address: string, allowance: Allowance): boolean {
  return isListed(url, allowance) || isInRanges(address, allowance) || isPublicAddress(address)
}

function isListed({ hostname, port, protocol }: URL, { hosts }: Allowance): boolean {
  const usual = protocol === 'https:' ? '443' : '80'
  return hosts.has(hostname) || hosts.has(`${hostname}:${port === '' ? usual : port}`)
}

function isInRanges(address: string, { ranges }: Allowance): boolean {
  return isIP(address) !== 0 && ranges.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

/** The address that stands in a URL instead of a name. */
function literalOf({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(bare) === 0 ? undefined : bare
}
