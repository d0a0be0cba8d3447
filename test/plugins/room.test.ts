import t from 'tap'
import { createRoom } from '../../src/plugins/room.ts'
import { createTurns } from '../../src/plugins/turns.ts'

t.test('where there is no more room, whoever makes least progress of late loses their place', async (t) => {
  let time = 0
  const room = createRoom(100, () => time)
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
  const room = createRoom(100)
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
  const waitForTurn = createTurns(2, 1)
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
