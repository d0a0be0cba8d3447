import { BlockList, isIP } from 'node:net'

/**
 * Reads the proxies whose X-Forwarded-For is believed: addresses and CIDRs, separated by commas. Throws a RangeError
 * that states the rule for anything else: `true`, a number of hops or a range of all addresses would let whoever sends
 * the header choose an address, and so escape every limit.
 */
export function parseTrustProxy(text: string): string[] {
  const proxies = text.split(',').map((one) => one.trim())
  if (!proxies.every(isAddressOrRange)) {
    throw new RangeError(
      'must list addresses or CIDRs such as 10.0.0.0/8, separated by commas, and never all addresses',
    )
  }
  return proxies
}

function isAddressOrRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || address.includes('%') || rest.length > 0) return false
  if (bits === undefined) return true
  if (!/^[1-9]\d{0,2}$/.test(bits)) return false
  try {
    new BlockList().addSubnet(address, Number(bits), version === 4 ? 'ipv4' : 'ipv6')
    return true
  } catch {
    return false
  }
}
