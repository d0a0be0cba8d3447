import type { ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
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

export interface Times {
  ttl: number
  loop_wait: number
  retry_timeout: number
}

interface Surroundings {
  folder: string
  bin: string
  times: Times
  settings: Record<string, string>
  /** Host and port of each. */
  etcds: string[]
}

/** Patroni's configuration of a node, as docs/surviving.md has it. */
export function patroniOf(node: ClusterNode, { folder, bin, times, settings, etcds }: Surroundings) {
  const login = (username: string) => ({ username, password: `drill-${username}` })
  return {
    scope: 'sotto',
    name: node.name,
    restapi: { listen: `${node.address}:${node.rest}`, connect_address: `${node.address}:${node.rest}` },
    etcd3: { hosts: etcds },
    bootstrap: {
      dcs: {
        ...times,
        maximum_lag_on_failover: 1_048_576,
        synchronous_mode: true,
        synchronous_mode_strict: true,
        postgresql: {
          use_pg_rewind: true,
          parameters: { ...settings, max_connections: 200, wal_retrieve_retry_interval: '500ms' },
        },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C' }, 'data-checksums'],
    },
    postgresql: {
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

export function haproxyOf(port: number, nodes: readonly ClusterNode[]): string {
  const servers = nodes.map(
    ({ name, address, postgres, rest }) => `  server ${name} ${address}:${postgres} check port ${rest}`,
  )
  return `defaults
  mode tcp
  timeout connect 2s
  timeout client 30m
  timeout server 30m
  timeout check 1s
listen postgres
  bind 127.0.0.1:${port}
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
${servers.join('\n')}
`
}
