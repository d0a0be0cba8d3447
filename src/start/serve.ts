import closeWithGrace from 'close-with-grace'
import { type Config, ConfigError, loadConfig } from '../config.ts'
import { EmbeddedPostgresError } from '../embedded/fault.ts'
import { createLog, describeError } from '../log.ts'
import { firstTokenFile } from './firstToken.ts'
import { type Service, startService } from './service.ts'

/** Milliseconds that closing may take before the process ends all the same. */
const grace = 9_000

/** Runs the service until it is told to stop. A wrong setting ends it with one line. */
export async function serve(): Promise<void> {
  const config = orExit(loadConfig)
  const log = createLog(config.logLevel)
  let service: Service
  try {
    service = await startService(config, log)
  } catch (error) {
    exit(error)
  }
  closeWithGrace({ delay: grace, logger: false }, async ({ err, signal }) => {
    if (err !== undefined) log.error('unforeseen fault, stopping', describeError(err))
    else log.info('stopping', { code: signal ?? '' })
    await service.close()
  })
  if (service.embedded) process.stdout.write(welcome(config, service))
  log.info('listening', { role: config.role, port: service.address.port })
}

function welcome({ dataDir, keyringFile }: Config, { address }: Service): string {
  const base = `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
  return `
Sotto listens at ${base}
  Read the API      ${base}/docs/
  Staff token       ${firstTokenFile(dataDir)}
  Keyring           ${keyringFile}
  The data folder ${dataDir} holds both the sealed reports and the keys that open them:
  for real reports, keep them apart (docs/operating.md).

Try it:
  curl -s ${base}/v1/reports -H 'content-type: application/json' -d '{"category":"other-serious-crime","narrative":"A fictional report, to see how it works."}'

`
}

function orExit<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    exit(error)
  }
}

/** One line for the operator; the stack only where the fault is ours. */
function exit(error: unknown): never {
  process.stderr.write(`sotto: ${reasonOf(error)}\n`)
  process.exit(1)
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) return error.message
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return 'PORT: another program listens there already'
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
    return 'HOST and PORT: this address cannot be listened at'
  return `could not start: ${JSON.stringify(describeError(error))}`
}
