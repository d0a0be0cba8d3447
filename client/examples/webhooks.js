import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { isSottoError, verifyWebhook } from 'sotto-client'

/**
 * Receives webhooks, and imports whenever something happened: WEBHOOK_SECRET=whsec_… PORT=9000 node webhooks.js FOLDER
 * with SOTTO_URL and SOTTO_TOKEN as import.js wants them. Put it behind a proxy that speaks https.
 */
const secrets = (process.env.WEBHOOK_SECRET ?? '').split(' ')
const script = fileURLToPath(new URL('import.js', import.meta.url))
const longest = 64 * 1024
/** A message can come twice, under the same id. It is enough to know the newest. */
const seen = new Set()
const remembered = 10_000
let running = false
let again = false

const server = createServer(async (request, response) => {
  try {
    const message = await verifyWebhook(secrets, request.headers, await bodyOf(request))
    // Answered before the work: whoever is slow is sent the same again.
    response.writeHead(204).end()
    if (!isNew(message.id)) return
    if (message.type === 'ping') process.stdout.write('a ping came, and its signature is good\n')
    else importNow()
  } catch (error) {
    response.writeHead(isSottoError(error, 'webhook-refused') ? 400 : 413).end()
  }
})
server.listen(Number(process.env.PORT ?? 9_000), '127.0.0.1', () => {
  process.stdout.write(`listening at http://127.0.0.1:${server.address().port}\n`)
})
process.once('SIGTERM', () => server.close())

/** The bytes as they came: the signature is over them. */
async function bodyOf(request) {
  const parts = []
  let length = 0
  for await (const part of request) {
    length += part.length
    if (length > longest) throw new RangeError('too long')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function isNew(id) {
  if (seen.has(id)) return false
  if (seen.size === remembered) seen.delete(seen.values().next().value)
  seen.add(id)
  return true
}

/** One import at a time; what rings meanwhile is taken by one more. */
function importNow() {
  again = running
  if (running) return
  running = true
  spawn(process.execPath, [script, ...process.argv.slice(2)], { stdio: 'inherit' }).on('close', () => {
    running = false
    if (again) importNow()
  })
}
