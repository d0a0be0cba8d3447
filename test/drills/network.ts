import { command } from '../more/command.ts'

/** A network of three machines on one host: a namespace each, a bridge between them, and a cable each that can be pulled. */
export interface Network {
  /** The address of a machine, by its place. */
  address(at: number): string
  /** What runs a program on that machine, as this user: words before its own. */
  on(at: number, user: { uid: number; gid: number }): string[]
  /** Pulls the cable: nobody reaches it any more, nor it anybody. */
  cut(at: number): Promise<void>
  mend(at: number): Promise<void>
  remove(): Promise<void>
}

const machines = 3

/** Undefined where this machine lets no namespaces be made. */
export async function makeNetwork(): Promise<Network | undefined> {
  const number = 1 + Math.floor(Math.random() * 250)
  const bridge = `sotto${number}`
  const space = (at: number) => `${bridge}-${at}`
  const cable = (at: number) => `${bridge}.${at}`
  const address = (at: number) => `10.213.${number}.${at + 1}`
  const ip = (line: string) => command('/', ['ip', ...line.split(' ')])
  const network: Network = {
    address,
    on: (at, { uid, gid }) => [
      'nsenter',
      `--net=/run/netns/${space(at)}`,
      'setpriv',
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
    ],
    cut: async (at) => void (await ip(`link set ${cable(at)} down`)),
    mend: async (at) => void (await ip(`link set ${cable(at)} up`)),
    async remove() {
      for (let at = 0; at < machines; at++) await ip(`netns delete ${space(at)}`).catch(() => undefined)
      await ip(`link delete ${bridge}`).catch(() => undefined)
    },
  }
  try {
    await ip(`link add ${bridge} type bridge`)
    await ip(`address add 10.213.${number}.254/24 dev ${bridge}`)
    await ip(`link set ${bridge} up`)
    for (let at = 0; at < machines; at++) {
      await ip(`netns add ${space(at)}`)
      await ip(`link add ${cable(at)} type veth peer name eth0 netns ${space(at)}`)
      await ip(`link set ${cable(at)} master ${bridge} up`)
      await ip(`-n ${space(at)} address add ${address(at)}/24 dev eth0`)
      await ip(`-n ${space(at)} link set eth0 up`)
      await ip(`-n ${space(at)} link set lo up`)
    }
    return network
  } catch {
    await network.remove()
    return undefined
  }
}
