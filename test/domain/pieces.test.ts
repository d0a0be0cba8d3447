import { writing } from '../../src/domain/export/pieces.ts'
import { t } from '../support/suite.ts'

t.test('lines come in pieces with memory of their own, in their order and whole', (t) => {
  const lines = [
    'short\n',
    `${'’'.repeat(50_000)}\n`,
    '',
    ...Array.from({ length: 500 }, (_, n) => `${n} ŵ😀 ${'x'.repeat(n)}\n`),
  ]
  const written = writing()
  for (const [index, line] of lines.entries()) written.put(String(index), line)
  const pieces = written.end()
  t.ok(pieces.length > 1)
  t.equal(new Set(pieces.map(({ bytes }) => bytes.buffer)).size, pieces.length)
  t.equal(Buffer.concat(pieces.map(({ bytes }) => bytes)).toString(), lines.join(''))
  const told = pieces.flatMap((piece) => piece.lines)
  t.same(
    told.map(({ id }) => id),
    lines.map((_, index) => String(index)),
  )
  t.same(
    told.map(({ bytes }) => bytes),
    lines.map((line) => Buffer.byteLength(line)),
  )
  for (const { bytes, lines } of pieces)
    t.equal(
      bytes.length,
      lines.reduce((sum, line) => sum + line.bytes, 0),
    )
  t.end()
})

t.test('what was written nothing to is no piece', (t) => {
  t.same(writing().end(), [])
  t.end()
})

t.end()
