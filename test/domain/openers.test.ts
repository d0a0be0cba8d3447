import { setTimeout as sleep } from 'node:timers/promises'
import { openers } from '../../src/domain/search/openers.ts'
import { newKeyring } from '../../src/start/newKeyring.ts'
import { t } from '../support/suite.ts'

const nothing = () => ({ lines: new Uint8Array(), sealed: [] })

t.test('a thread that ends for want of work takes no search with it', async (t) => {
  const match = openers(newKeyring('2026-11-29'), undefined, { idleAfter: 1 })
  for (let round = 0; round < 6; round++) {
    await sleep(round % 3)
    const found = await Promise.all([match(nothing(), [['one']]), match(nothing(), [['two']])])
    t.equal(found.length, 2)
  }
})

t.end()
