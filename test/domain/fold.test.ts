import { fold, foldWithPlaces } from '../../src/domain/text/fold.ts'
import { t } from '../support/suite.ts'

t.test(
  'a text is folded alike, whichever way it takes: each UTF-16 unit, alone and between letters',
  async (t) => {
    const apart: string[] = []
    for (let unit = 0; unit <= 0xffff; unit++) {
      for (const text of [String.fromCharCode(unit), `x${String.fromCharCode(unit)}y`]) {
        const folded = fold(text)
        const { folded: placed } = foldWithPlaces(text)
        if (placed !== folded || fold(`${text}é`) !== `${folded}e`) apart.push(unit.toString(16))
      }
    }
    t.strictSame(apart, [])
  },
)

t.end()
