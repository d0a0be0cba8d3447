import { randomUUID } from 'node:crypto'
import {
  booleanArray,
  byteaArray,
  smallintArray,
  textArray,
  uuidArray,
} from '../../src/storage/binaryArray.ts'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { t } from '../support/suite.ts'

t.test('Postgres reads arrays in its binary form as what they were, empty ones too', async (t) => {
  const { url } = await cloneDatabase(t)
  const members = {
    uuid: [randomUUID(), randomUUID()],
    text: ['', 'a,b', '"{}\\', 'ŵy ŷ 😡', 'NULL'],
    smallint: [0, 1, -32_768, 32_767],
    boolean: [true, false],
    bytea: [Buffer.alloc(0), Buffer.from([0, 255, 128])],
  }
  const read = (type: string, array: Buffer) =>
    asSuperuser(url, async (client) => {
      const { rows } = await client.query<{ array: unknown }>(`SELECT $1::${type}[] AS array`, [array])
      return rows[0]?.array
    })
  t.strictSame(await read('uuid', uuidArray(members.uuid)), members.uuid)
  t.strictSame(await read('text', textArray(members.text)), members.text)
  t.strictSame(await read('smallint', smallintArray(members.smallint)), members.smallint)
  t.strictSame(await read('boolean', booleanArray(members.boolean)), members.boolean)
  t.strictSame(await read('bytea', byteaArray(members.bytea)), members.bytea)
  t.strictSame(await read('uuid', uuidArray([])), [])
  t.strictSame(await read('text', textArray([])), [])
  for (const broken of ['', 'g'.repeat(36), `${randomUUID()}00`, randomUUID().slice(1)]) {
    t.throws(() => uuidArray([broken]), { message: 'an id is a UUID' })
  }
})
