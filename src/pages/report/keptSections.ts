import { oneByOne } from '../../concurrency/yieldToEventLoop.ts'
import type { Field } from '../fields/fields.ts'
import type { Frame } from '../frame/frame.ts'
import { keptAtMost } from '../frame/kept.ts'
import type { SectionView } from './formView.ts'

/** A section that is the same for everybody comes as HTML. */
type Shown = SectionView & { html?: string }

/**
 * Sections in which nothing was filled in are most of a form, and take most of the time that it takes: each is rendered
 * once and kept, as long as not too many others are asked for since. Nothing that somebody typed is. The first form of all
 * takes a tenth of a second, in which others are answered.
 */
export function keptSections({ render }: Pick<Frame, 'render'>) {
  const kept = keptAtMost<Promise<string>>(sectionsAtMost)
  return function shown(
    sections: readonly SectionView[],
    { language, category }: { language: string; category: string },
  ): Promise<Shown[]> {
    return oneByOne(sections, async (section) => {
      if (!isUntouched(section)) return section
      const key = [language, keyOf(section, category)].join(' ')
      return { ...section, html: await kept(key, () => render('report/section.njk', language, { section })) }
    })
  }
}

/** More than the empty forms of a few languages have. */
const sectionsAtMost = 500

/** What an empty section differs by: its sub-types are the category's, and its things have their places in their names. */
function keyOf(section: SectionView, category: string): string {
  const names = fieldsIn(section).map(({ name }) => name)
  return [section.name, section.room, section.name === 'kind' ? category : '', ...names].join(' ')
}

function fieldsIn({ fields, things }: SectionView): Field[] {
  return [...fields, ...(things ?? []).flatMap((thing) => thing.fields)]
}

function isUntouched(section: SectionView): boolean {
  return (
    !section.open &&
    fieldsIn(section).every(
      ({ value, items, error, focus }) =>
        value === '' && error === undefined && !focus && !items.some(({ checked }) => checked),
    )
  )
}
