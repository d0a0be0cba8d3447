import type { Field } from '../../src/pages/fields/fields.ts'
import { keptFields } from '../../src/pages/frame/keptFields.ts'
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

t.test('a field is rendered once, empty, and what is typed or chosen goes into a copy', async (t) => {
  const rendered: string[] = []
  const show = keptFields(
    (about) => {
      const { field } = about as { field: Field }
      const choices = field.items.map(
        ({ value, checked }) => `<input value="${value}"${checked ? ' checked' : ''}>`,
      )
      rendered.push(JSON.stringify(about))
      return `<p>${field.error ?? ''}<i>${field.value}</i>${choices.join('')}</p>`
    },
    (text) => text.replaceAll('<', '&lt;'),
  )
  const [line] = empty('when', 'when.from').fields as [Field]
  for (const value of ['', 'a <b>', '$& $1 {{ t }}', '\u0000 <!--0-->'])
    t.equal(show({ ...line, value }), `<p><i>${value.replaceAll('<', '&lt;')}</i></p>`)
  t.equal(rendered.length, 1)
  t.equal(show({ ...line, value: 'x', error: 'Enter a day' }), '<p>Enter a day<i>x</i></p>')

  const items = ['dog', 'dog-lead'].map((value) => ({ value, text: value, checked: false, hint: undefined }))
  const ticked = items.map((item) => ({ ...item, checked: item.value === 'dog' }))
  const choice: Field = { ...line, kind: 'many', items }
  t.match(show({ ...choice, items: ticked }), '<input value="dog" checked><input value="dog-lead">')
  t.notMatch(show(choice), 'checked')
  t.equal(rendered.length, 3)
  t.notMatch(rendered.join(), /<b>|"checked":true|"x"/)
})

t.end()
