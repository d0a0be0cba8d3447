import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import fastify from 'fastify'
import { memoryBudget } from '../../src/plugins/memoryBudget.ts'
import { pacer } from '../../src/plugins/pacer.ts'
import { workInTurn } from '../../src/plugins/pipelining.ts'
import { guardAgainstSlowReaders } from '../../src/plugins/slowReaderGuard.ts'
import type { Scope } from '../../src/scope.ts'
import { type Test, t } from '../support/suite.ts'

t.test('where there is no more room, whoever makes least progress of late loses their place', async (t) => {
  let time = 0
  const room = memoryBudget(100, () => time)
  const lost: string[] = []
  const enter = (name: string) => room.enter(() => lost.push(name))
  const [stalled, slow, steady] = [enter('stalled'), enter('slow'), enter('steady')]
  stalled.grow(60)
  for (time = 1_000; time <= 20_000; time += 1_000) {
    slow.grow(0.5)
    steady.grow(1)
  }
  t.strictSame(lost, [])
  steady.grow(15)
  t.strictSame(lost, ['stalled'], 'though it had sent most')
  steady.grow(60)
  t.strictSame(lost, ['stalled', 'slow'])
  stalled.grow(1_000)
  t.strictSame(lost, ['stalled', 'slow'], 'what is lost counts no more')
  enter('newcomer').grow(200)
  t.strictSame(lost, ['stalled', 'slow', 'steady', 'newcomer'], 'nobody gets more than all of it')
})

t.test('whose work has begun keeps the room, and gives it back in the end', async (t) => {
  const room = memoryBudget(100)
  let lost = 0
  const first = room.enter(() => lost++)
  first.grow(100)
  first.settle()
  t.ok(room.isFull())
  room.enter(() => lost++).grow(1)
  t.equal(lost, 1, 'the newcomer goes')
  first.leave()
  first.leave()
  t.notOk(room.isFull())
  const last = room.enter(() => lost++)
  last.grow(100)
  t.equal(lost, 1)
})

t.test('turns come in order, few at a time, until nobody waits', async (t) => {
  const waitForTurn = pacer(2, 1)
  const seen: number[] = []
  const all = [1, 2, 3, 4, 5].map(
    (number) =>
      new Promise<void>((resolve) => {
        const giveUp = waitForTurn(() => {
          seen.push(number)
          resolve()
        })
        if (number === 2) {
          giveUp()
          resolve()
        }
      }),
  )
  await all[2]
  t.strictSame(seen, [1, 3])
  await Promise.all(all)
  t.strictSame(seen, [1, 3, 4, 5])
})

async function unread(test: Test) {
  let asked = 0
  const served: number[] = []
  const app: Scope = fastify({ logger: false })
  test.after(() => app.close())
  workInTurn(app)
  guardAgainstSlowReaders(app)
  app.get('/large', async () => {
    asked += 1
    return 'x'.repeat(12 * 1024 * 1024)
  })
  app.get('/small', async () => 'x')
  app.post('/body', async ({ body }) => {
    served.push(String(body).length)
    return 'x'
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const ask = (path: string, times: number) => {
    const socket = connect(port, '127.0.0.1').pause()
    test.after(() => socket.destroy())
    socket.on('error', () => undefined)
    socket.write(`GET ${path} HTTP/1.1\r\nHost:s\r\n\r\n`.repeat(times))
    return { socket, gone: new Promise<void>((resolve) => socket.once('close', () => resolve())) }
  }
  return { port, served, ask, asked: () => asked, base: `http://127.0.0.1:${port}` }
}

t.test('who asks more than a few times without reading is worked for no more', async (t) => {
  const { ask, asked, base } = await unread(t)
  const { socket, gone } = ask('/large', 500)
  while (asked() === 0) await sleep(5)
  await sleep(200)
  t.ok(asked() <= 4)
  t.equal((await fetch(`${base}/small`)).status, 200)
  socket.destroy()
  await gone
  await sleep(50)
  t.ok(asked() <= 4, 'nor once it has gone')
})

t.test('requests beyond the limit wait unread, and each is answered in its turn', async (t) => {
  const { ask } = await unread(t)
  const asked = 5_000
  const { socket } = ask('/small', asked)
  let answers = 0
  let begun = ''
  for await (const bytes of socket) {
    const parts = (begun + String(bytes)).split('HTTP/1.1 200')
    answers += parts.length - 1
    begun = parts.at(-1)?.slice(-11) ?? ''
    if (answers >= asked) break
  }
  t.equal(answers, asked)
})

t.test('a body that comes behind those that wait is read in its turn', async (t) => {
  const { port, served } = await unread(t)
  const socket = connect(port, '127.0.0.1')
  t.after(() => socket.destroy())
  const head = 'Host: sotto.example\r\n'
  socket.write(
    `GET /large HTTP/1.1\r\n${head}\r\n`.repeat(2) + `GET /small HTTP/1.1\r\n${head}\r\n`.repeat(20),
  )
  socket.write(`POST /body HTTP/1.1\r\n${head}Content-Type: text/plain\r\nContent-Length: 300000\r\n\r\n`)
  socket.write('x'.repeat(300_000))
  socket.resume()
  while (served.length === 0) await sleep(5)
  t.same(served, [300_000])
})

t.test('many who do not read lose their answers to each other', async (t) => {
  const { ask, asked, base } = await unread(t)
  const all = []
  for (let i = 1; i <= 4; i++) {
    all.push(ask('/large', 1))
    while (asked() < i) await sleep(5)
  }
  const [first] = all
  first?.socket.resume()
  await first?.gone
  t.equal((await (await fetch(`${base}/large`)).text()).length, 12 * 1024 * 1024, 'whoever reads has it all')
})
