import type { AddressInfo } from 'node:net'
import type { Config } from '../config.ts'
import type { Scope } from '../scope.ts'
import { ConfigError } from '../settings.ts'

/** Opens the app to requests at the configured address. Rejects with a ConfigError where that cannot be had. */
export async function listenAt({ host, port }: Config, app: Scope): Promise<AddressInfo> {
  try {
    // For this name Fastify opens a second server, on ::1, which has none of the limits that ours has on connections.
    await app.listen({ host: host === 'localhost' ? '127.0.0.1' : host, port })
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw new ConfigError('PORT: another program listens there already')
    if (code === 'EACCES') throw new ConfigError('PORT: this user may not listen there')
    if (syscall === 'listen' || syscall === 'getaddrinfo') {
      throw new ConfigError(`HOST: not an address of this machine (${code})`)
    }
    throw error
  }
  return app.server.address() as AddressInfo
}
