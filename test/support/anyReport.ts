import fc from 'fast-check'
import { type Report, ReportDraft } from '../../src/schemas/report.ts'
import { categories } from '../../src/vocabulary/categories/categories.ts'
import { anyValue, type Schema } from './anyValue.ts'

/**
 * Whatever the schema of a report allows, up to its own limits: any script, astral characters, lists and texts that
 * are just as long as they may be. Rules beyond the schema (sub-types, times, coordinates) are kept too.
 */
export function anyReport(): fc.Arbitrary<Report> {
  return (anyValue(ReportDraft as Schema) as fc.Arbitrary<Report>)
    .chain((report) =>
      subcategoriesOf(report.category).map((subcategories) => ({ ...report, subcategories })),
    )
    .map(keepRules)
    .filter((report) => Buffer.byteLength(JSON.stringify(report)) <= 262_144)
}

function subcategoriesOf(category: string): fc.Arbitrary<string[]> {
  const slugs = categories.find(({ slug }) => slug === category)?.subcategories.map(({ slug }) => slug) ?? []
  // A report of corruption is opened by nobody but those whom it names.
  return fc.subarray(slugs.filter((slug) => slug !== 'corruption'))
}

function keepRules(report: Report): Report {
  const { when, places } = report
  const whole = (place: NonNullable<Report['places']>[number]) => {
    const { latitude, longitude, ...rest } = place
    return latitude === undefined || longitude === undefined ? rest : place
  }
  return {
    ...report,
    ...(when?.from !== undefined && when.to !== undefined ? { when: { ...when, to: when.from } } : {}),
    ...(places === undefined ? {} : { places: places.map(whole) }),
  }
}
