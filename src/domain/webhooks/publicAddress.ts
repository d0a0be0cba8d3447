import { BlockList, isIP } from 'node:net'

/** IPv4 ranges that are not of the public internet (IANA's special-purpose registry), multicast and reserved ones. */
const notPublic4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
/** Of IPv6 only global unicast can be public: loopback, mapped, NAT64, local and multicast forms all lie outside. */
const public6 = '2000::/3'
/** Within it: protocol assignments with Teredo, documentation, 6to4 (which hides an IPv4 address), documentation. */
const notPublic6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const blocked = blockListOf([...notPublic4, ...notPublic6])
const global6 = blockListOf([public6])

/** Whether an address is one of the public internet. Anything that is no address is not. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address)
  if (version === 4) return !blocked.check(address, 'ipv4')
  return version === 6 && global6.check(address, 'ipv6') && !blocked.check(address, 'ipv6')
}

/** A list of CIDRs to look addresses up in. Throws a RangeError at what is none. */
export function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits = '', ...rest] = range.split('/')
    const version = isIP(address)
    const most = version === 4 ? 32 : 128
    const isRange =
      version !== 0 && !address.includes('%') && /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most
    if (!isRange || rest.length > 0) throw new RangeError('is no CIDR')
    list.addSubnet(address, Number(bits), version === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}
