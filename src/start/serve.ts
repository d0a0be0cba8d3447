import { existsSync } from 'node:fs'
import { type Config, loadConfig } from '../config.ts'
import { harden } from '../hardening.ts'
import { createLog, type Log } from '../log.ts'
import { plainText } from '../plainText.ts'
import { firstTokenFile } from './firstToken.ts'
import { keepHeapSmall } from './heap.ts'
import { progressOf } from './progress.ts'
import { type Service, startService } from './service.ts'
import { stopWhenTold } from './stopping.ts'
import { isFirstWorker, peersOf, runsWorkers, runWorkers } from './workers.ts'

/** Says on stdout that the service is there. */
export type Announcement = (config: Config, service: Service) => string

/**
 * Runs the service until it is told to stop. Rejects if it cannot start; reasonOf says why. With an announcement of the
 * caller's own, nothing else is said on stdout.
 */
export async function serve(announce?: Announcement): Promise<void> {
  const config = loadConfig()
  const log = createLog(config.logLevel)
  // First of all, since children inherit it: nothing of this process may be dumped or inspected.
  harden((event) => log.warn(event))
  keepHeapSmall()
  if (runsWorkers(config.workers)) return oversee(config, log)
  const isSpeaker = isFirstWorker()
  const begin = async () =>
    startService(config, log, {
      peers: await peersOf(config.workers),
      makesContract: true,
      ...(announce === undefined && isSpeaker ? { progress: progressOf(config, log) } : {}),
    })
  const starting = begin()
  const orders = stopWhenTold(log, async () => {
    const service = await starting.catch(() => undefined)
    await service?.close()
  })
  const service = await starting
  if (orders.isTold()) return
  if (isSpeaker) process.stdout.write(plainText((announce ?? welcome)(config, service)))
  log.info('listening', { role: config.role, port: service.address.port })
}

/** Runs the workers until it is told to stop. Ends the process if they cannot start: the first has said why. */
async function oversee({ workers }: Config, log: Log): Promise<void> {
  const { ready, stop } = runWorkers(workers, log)
  const orders = stopWhenTold(log, stop)
  await ready.catch(() => {
    if (!orders.isTold()) process.exit(1)
  })
}

/** The address of a service, for people on the same machine. */
export function baseUrlOf({ address: { family, address, port } }: Service): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

/** What a first start needs to know. With a database of one's own there is nothing to say: it has been set up. */
function welcome(config: Config, service: Service): string {
  const { dataDir, keyringFile } = config
  if (!service.embedded) return ''
  const base = baseUrlOf(service)
  const token = firstTokenFile(dataDir)
  return `
Sotto listens at ${base}
  Read the API      ${base}/docs/
${config.console ? `  Staff console     ${base}/console/\n` : ''}  Staff token       ${existsSync(token) ? token : 'made with `npx sotto staff add`'}
  Keyring           ${keyringFile}
  The data folder ${dataDir} holds both the sealed reports and the keys that open them:
  for real reports, keep them apart (docs/operating.md).

Try it:
  curl -s ${base}/v1/reports -H 'content-type: application/json' -d '{"category":"other-serious-crime","narrative":"A fictional report, to see how it works."}'

`
}
