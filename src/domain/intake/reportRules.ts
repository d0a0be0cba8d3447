import type { Report } from '../../schemas/report.ts'
import { endsBeforeItStarts } from '../../vocabulary/calendar.ts'
import { isSubcategoryOf } from '../../vocabulary/categories/categories.ts'
import { Fault, type Violation } from '../../vocabulary/faults.ts'

/** What a report must keep beyond its schema: every rule broken, by place. */
export function brokenRules(report: Report): Violation[] {
  return [...subcategories(report), ...times(report), ...coordinates(report)]
}

/** Throws `validation` where one is broken. */
export function refuseBroken(report: Report): void {
  const broken = brokenRules(report)
  if (broken.length > 0) throw new Fault('validation', broken)
}

function subcategories({ category, subcategories = [] }: Report): Violation[] {
  return subcategories.flatMap((slug, index) =>
    isSubcategoryOf(category, slug)
      ? []
      : {
          pointer: `/subcategories/${index}`,
          code: 'not-of-category',
          message: 'must be a sub-type of the category',
        },
  )
}

function times({ when }: Report): Violation[] {
  if (when?.from === undefined || when.to === undefined || !endsBeforeItStarts(when.from, when.to)) return []
  return [{ pointer: '/when/to', code: 'before-from', message: 'must not be before from' }]
}

function coordinates({ places = [] }: Report): Violation[] {
  return places.flatMap(({ latitude, longitude }, index) =>
    (latitude === undefined) === (longitude === undefined)
      ? []
      : {
          pointer: `/places/${index}`,
          code: 'half-coordinates',
          message: 'must have latitude and longitude, or neither',
        },
  )
}
