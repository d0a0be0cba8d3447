import { request } from 'node:http'
import { breach, type Examination, type Finding, type Patient, warning } from './finding.ts'

/**
 * Whether whoever sends X-Forwarded-For is believed, tried against the running service: from an address of this host's own
 * loopback that no proxy uses, each request claims another client. Where the claim counts, the limit is never reached.
 */
export const proxy: Examination = {
  name: 'proxy-trust',
  doc: 'docs/abuse-control.md#what-to-set',
  async look({ config }) {
    const findings: Finding[] = []
    if (config.rateLimit === 0) {
      return [
        breach(
          'RATE_LIMIT is 0: one client may ask without end',
          'unset RATE_LIMIT, or set it to what a proxy of yours does not limit',
        ),
      ]
    }
    if (config.trustProxy.length === 0 && !isLoopback(config.host)) {
      findings.push(
        warning(
          `TRUST_PROXY is not set: behind a proxy all reporters share one limit`,
          'set TRUST_PROXY to the address of your proxy',
        ),
      )
    }
    if (config.rateLimit > triedAtMost) return findings
    const tried = await tryForgedHeader(config)
    if (tried === 'believed') {
      findings.push(
        breach(
          'the running service believes a forged X-Forwarded-For: whoever sends one escapes every limit',
          'TRUST_PROXY must list your proxies’ own addresses, and no range that others send from',
        ),
      )
    }
    if (tried === 'silent') {
      findings.push(
        warning(
          'no service answers at HOST and PORT: whether it believes a forged X-Forwarded-For was not tried',
          'run doctor where the service runs, with its settings',
        ),
      )
    }
    return findings
  },
}

/** With more, a try takes too long. */
const triedAtMost = 2_000
/** A loopback address of Linux that nothing is bound to. */
const unusual = '127.83.111.116'

async function tryForgedHeader({
  host,
  port,
  rateLimit,
}: Patient['config']): Promise<'believed' | 'refused' | 'silent'> {
  const target = host === '0.0.0.0' || host === 'localhost' ? '127.0.0.1' : host
  // From elsewhere than IPv4's loopback, the sender's address is the one that it has.
  const from = target.startsWith('127.') ? unusual : undefined
  for (let sent = 0; sent <= rateLimit + 5; sent++) {
    const status = await statusOf(target, port, from, `203.0.113.${sent % 250}`)
    if (status === undefined) return 'silent'
    if (status === 429) return 'refused'
  }
  return 'believed'
}

function statusOf(
  host: string,
  port: number,
  localAddress: string | undefined,
  claimed: string,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const asked = request(
      {
        host,
        port,
        path: '/problems/rate-limited',
        timeout: 5_000,
        headers: { 'x-forwarded-for': claimed },
        ...(localAddress === undefined ? {} : { localAddress }),
      },
      (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode))
      },
    )
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(undefined))
    asked.end()
  })
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
