import assert from 'node:assert/strict'
import { pairIn } from '../../src/domain/sharing/keyFile.ts'
import { openProduct } from '../../src/domain/sharing/product.ts'
import type { Dissemination } from '../../src/schemas/sharing.ts'
import { idsOf, pages } from './look.ts'
import type { Model } from './model.ts'
import type { Scene } from './scene.ts'

/** What was sent to each agency and not recalled: in the clear, or for the key that the agency alone held then. */
export async function lookAtProducts({
  world,
  model,
  agencyKeys,
}: Pick<Scene, 'world' | 'model' | 'agencyKeys'>) {
  for (const { caller, agency } of world.members.filter(({ role }) => role === 'partner')) {
    const listed = await pages<Dissemination>((cursor) =>
      caller.call('GET', `/v1/partner/disseminations?limit=200${cursor}`),
    )
    const should = sentTo(agency, model)
    assert.deepEqual(idsOf(listed), idsOf(should), `what ${agency} reads`)
    for (const { id, items, sealed } of listed) {
      const key = should.find((one) => one.id === id)?.key
      const file = key === undefined ? undefined : agencyKeys[key]
      assert.equal(sealed !== undefined, file !== undefined, 'sealed to who alone shall open it')
      const product =
        sealed === undefined || file === undefined
          ? { items: items ?? [] }
          : await openProduct(pairIn(file, sealed.kid), id, sealed)
      assert.deepEqual(
        product.items.map(({ title }) => title),
        ['A fictional thing'],
      )
    }
  }
}

const sentTo = (agency: string | null, model: Model) =>
  [...model.values()].flatMap(({ sent }) =>
    sent.filter((one) => one.agency === agency && one.status !== 'recalled'),
  )
