import { once } from 'node:events'
import { connect } from 'node:net'
import Fastify from 'fastify'
import { createLog } from '../../src/log.ts'
import { answerWithProblems } from '../../src/plugins/problems.ts'
import { t } from '../support/suite.ts'

t.test(
  'a fault whose client has gone is told once its day is over, with its count and no time',
  async (t) => {
    const lines: { msg: string; count?: number; error?: string }[] = []
    const log = createLog('info', { write: (line: string) => lines.push(JSON.parse(line)) })
    let now = new Date('2026-05-05T11:07:00Z')
    const app = Fastify()
    t.after(() => app.close())
    answerWithProblems(app as never, log, () => now)
    let faults = 0
    app.get('/', async (request) => {
      if (request.headers['x-stays'] === undefined) await once(request.socket, 'close')
      faults += 1
      throw new RangeError('a canary')
    })
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    const leave = async () => {
      const before = faults
      const socket = connect(Number(new URL(address).port), '127.0.0.1')
      socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
      await once(socket, 'ready')
      await once(app.server, 'request')
      socket.destroy()
      while (faults === before) await new Promise((resolve) => setImmediate(resolve))
    }
    await leave()
    await leave()
    t.same(lines, [])
    now = new Date('2026-05-06T00:12:00Z')
    await leave()
    t.match(lines, [{ msg: /of a day before/, count: 2, error: 'RangeError' }])
    await fetch(address, { headers: { 'x-stays': '1' } })
    t.match(lines[1], { msg: 'unforeseen fault', error: 'RangeError' })
    t.notOk(JSON.stringify(lines).includes('canary'))
  },
)

t.end()
