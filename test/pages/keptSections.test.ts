import type { SectionView } from '../../src/pages/report/formView.ts'
import { keptSections } from '../../src/pages/report/keptSections.ts'
import { t } from '../support/suite.ts'

const empty = (name: string, field: string): SectionView => ({
  name,
  open: false,
  fields: [
    {
      name: field,
      id: field,
      kind: 'line',
      label: '',
      hint: undefined,
      value: '',
      items: [],
      error: undefined,
      focus: false,
    },
  ],
  things: undefined,
  room: true,
})

t.test('an empty section is rendered once for all categories, but for the sub-types of each', async (t) => {
  let rendered = 0
  const shown = keptSections({ render: async () => `<p>${++rendered}</p>` })
  const sections = [empty('when', 'when.from'), empty('kind', 'subcategories')]
  const htmlIn = async (language: string, category: string) =>
    (await shown(sections, { language, category })).map(({ html }) => html)
  t.strictSame(await htmlIn('en', 'fraud'), ['<p>1</p>', '<p>2</p>'])
  t.strictSame(await htmlIn('en', 'county-lines'), ['<p>1</p>', '<p>3</p>'])
  t.strictSame(await htmlIn('cy', 'fraud'), ['<p>4</p>', '<p>5</p>'])
  t.strictSame(await htmlIn('en', 'fraud'), ['<p>1</p>', '<p>2</p>'])
})

t.test(
  'however many are asked for, only so many are kept: those that are asked for most lately',
  async (t) => {
    let rendered = 0
    const shown = keptSections({ render: async () => String(++rendered) })
    const ask = (index: number) =>
      shown([empty('person', `entities.${index}.name`)], { language: 'en', category: 'fraud' })
    for (let index = 0; index < 2_000; index += 1) {
      await ask(index)
      await ask(0)
    }
    t.equal(rendered, 2_000, 'what is asked for often stays')
    await ask(1)
    t.equal(rendered, 2_001, 'what was not is rendered anew')
  },
)

t.end()
