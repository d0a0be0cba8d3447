import { BlockList, isIPv6 } from 'node:net'
import { type ConnectionRow, connectionFacts } from '../../storage/examination.ts'
import { breach, type Examination, type Finding, warning } from './finding.ts'

const remedy =
  'connect with ?sslmode=verify-full&sslrootcert=/path/ca.pem, and let pg_hba.conf take hostssl alone'

/** Whether what goes to the database and comes back can be read on the way. */
export const tls: Examination = {
  name: 'tls',
  doc: 'docs/operating.md#environment',
  async look({ pool, embedded, config }) {
    const facts = await connectionFacts(pool.query)
    return embedded || facts === undefined ? [] : ofConnection(facts, config.databaseUrl)
  },
}

/** What is to be said of a connection, by where the server is and how it is reached. */
export function ofConnection(
  { server, encrypted }: Pick<ConnectionRow, 'server' | 'encrypted'>,
  url = '',
): Finding[] {
  if (server === null || isWithin(ownHost, server)) return []
  if (encrypted) {
    return /[?&]sslmode=verify-full(&|$)/.test(url)
      ? []
      : [warning('TLS to the database does not check whose certificate it is', remedy)]
  }
  const found = 'the connection to the database is not encrypted'
  return isWithin(privateNetworks, server)
    ? [warning(`${found}: that will do on one host’s own network alone`, remedy)]
    : [breach(`${found}, and leaves the private network`, remedy)]
}

const ownHost = listOf(['127.0.0.0', 8, 'ipv4'], ['::1', 128, 'ipv6'])
const privateNetworks = listOf(
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
)

function listOf(...subnets: [string, number, 'ipv4' | 'ipv6'][]): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) list.addSubnet(...subnet)
  return list
}

function isWithin(list: BlockList, address: string): boolean {
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
