import type { ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from '../more/clientTools.ts'

/** What Patroni and HAProxy are told. */

/** One Postgres with its Patroni. */
export interface ClusterNode {
  name: string
  /** Its machine's, and which of the machines that is. */
  address: string
  at: number
  data: string
  postgres: number
  rest: number
  process?: ChildProcess
}

interface Surroundings {
  folder: string
  bin: string
  settings: Record<string, string>
  /** Host and port of each. */
  etcds: string[]
}

interface Deployed {
  bootstrap: { dcs: { postgresql: { parameters: object } } }
  postgresql: object
}

/** `deploy/patroni/config.yml` for a node: with a place, a port and passwords of its own. */
export async function patroniOf(
  node: ClusterNode,
  { folder, bin, settings, etcds }: Surroundings,
): Promise<object> {
  const file: Deployed = parse(await readFile(join(root, 'deploy/patroni/config.yml'), 'utf8'))
  const { dcs } = file.bootstrap
  const login = (username: string) => ({ username, password: `drill-${username}` })
  const parameters = { ...settings, ...dcs.postgresql.parameters }
  return {
    ...file,
    name: node.name,
    restapi: { listen: `${node.address}:${node.rest}`, connect_address: `${node.address}:${node.rest}` },
    etcd3: { hosts: etcds },
    bootstrap: {
      dcs: { ...dcs, postgresql: { ...dcs.postgresql, parameters } },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C' }, 'data-checksums'],
    },
    postgresql: {
      ...file.postgresql,
      listen: `${node.address}:${node.postgres}`,
      connect_address: `${node.address}:${node.postgres}`,
      data_dir: node.data,
      bin_dir: bin,
      pgpass: join(folder, `${node.name}.pgpass`),
      authentication: {
        superuser: login('postgres'),
        replication: login('replicator'),
        rewind: login('rewinder'),
      },
      parameters: { unix_socket_directories: folder },
      pg_hba: [
        'local all all trust',
        'local replication all trust',
        'host all all samenet scram-sha-256',
        'host replication replicator samenet scram-sha-256',
      ],
    },
  }
}

/** What `deploy/postgres/sotto.conf` sets. */
export async function settingsOf(): Promise<Record<string, string>> {
  const text = await readFile(join(root, 'deploy/postgres/sotto.conf'), 'utf8')
  const lines = text.split('\n').flatMap((line) => /^(\w+) = (.+)$/.exec(line)?.slice(1, 3) ?? [])
  const pairs: [string, string][] = []
  for (let at = 0; at < lines.length; at += 2) pairs.push([lines[at] ?? '', lines[at + 1] ?? ''])
  return Object.fromEntries(pairs)
}

/** `deploy/patroni/haproxy.cfg` with these nodes and this port. */
export async function haproxyOf(port: number, nodes: readonly ClusterNode[]): Promise<string> {
  const file = await readFile(join(root, 'deploy/patroni/haproxy.cfg'), 'utf8')
  const servers = nodes.map(
    ({ name, address, postgres, rest }) => `  server ${name} ${address}:${postgres} check port ${rest}\n`,
  )
  return file
    .replace(/^ {2}server .*\n/gm, '')
    .replace('127.0.0.1:5432', `127.0.0.1:${port}`)
    .concat(...servers)
}
