import view from '@fastify/view'
import nunjucks from 'nunjucks'
import { plainBlock, plainLine } from '../../plainText.ts'
import type { Scope } from '../../scope.ts'
import type { AssetNames } from '../assets/assets.ts'
import { govuk, sources } from '../assets/sources.ts'
import { dayInWords } from '../fields/days.ts'
import type { Field } from '../fields/fields.ts'
import { fill } from '../fields/fill.ts'
import type { Site } from '../site.ts'
import { directionOf, type Texts } from '../texts/texts.ts'
import { keptFields } from './keptFields.ts'

/** Makes a page of a template, in a language. */
export type Render = (template: string, language: string, about?: object) => Promise<string>

/** What every page of some pages is given: where they begin, and in which layout they stand, if not as the public's. */
interface Always {
  base?: string
  layout?: string
}

/** Templates with GOV.UK's macros and a layout of our own. What goes in is escaped. */
export async function renderer(
  app: Scope,
  site: Site,
  assets: AssetNames,
  texts: ReadonlyMap<string, Texts>,
  always: Always = {},
): Promise<Render> {
  let shownField: ReturnType<typeof fieldsBy> | undefined
  await app.register(view, {
    engine: { nunjucks },
    templates: [sources, govuk],
    options: {
      autoescape: true,
      throwOnUndefined: false,
      onConfigure(environment: nunjucks.Environment) {
        prepare(environment)
        shownField = fieldsBy(environment)
      },
    },
  })
  return async (template, language, about = {}) => {
    const ready: string[] = []
    const page = await app.view(template, {
      ...about,
      ...always,
      ready: (html: string) => placeOf(ready.push(html) - 1),
      shownField: (field: Field, rows?: number, isLarge?: boolean) =>
        placeOf(ready.push(shownField?.(field, rows, isLarge) ?? '') - 1),
      t: texts.get(language),
      language,
      direction: directionOf(language),
      site,
      assets,
      root: rootOf(language),
      languages: site.languages.map((one) => ({
        code: one,
        name: texts.get(one)?.language,
        root: rootOf(one),
      })),
    })
    return cleaned(page).replace(places, (_whole, at: string) => ready[Number(at)] ?? '')
  }
}

function fieldsBy(environment: nunjucks.Environment) {
  const escaped = environment.getFilter('escape')
  return keptFields(
    (about) => cleaned(environment.render('frame/oneField.njk', about)),
    (text) => String(escaped(text)),
  )
}

/** Stands for HTML that is ready while the rest of a page is made. No text has brackets of its own. */
function placeOf(at: number): nunjucks.runtime.SafeString {
  return new nunjucks.runtime.SafeString(`<!--${at}-->`)
}

const places = /<!--(\d+)-->/g

function cleaned(page: string): string {
  return withoutIndents(page).replace(brokenTags, onOneLine)
}

/**
 * Macros indent a lot. What may stand before the end of a typed text is left as it is. One pass: a pattern that looks ahead
 * from within a run of spaces would begin anew at each of them.
 */
function withoutIndents(page: string): string {
  return page.replace(/\s{2,}/g, (run, at: number) => {
    const next = at + run.length
    const isBetween = page[next] === '<' && !keeps.some((tag) => page.startsWith(tag, next))
    return isBetween && run.includes('\n') ? '\n' : run
  })
}

const keeps = ['</textarea', '</div', '<mark', '</mark']

/** What stands before the paths of a language: nothing for English, `/cy` for Welsh. */
export function rootOf(language: string): string {
  return language === 'en' ? '' : `/${language}`
}

function prepare(environment: nunjucks.Environment): void {
  // Nunjucks' own `trim` takes ten milliseconds a page, in a regular expression.
  environment.addFilter('trim', (text: unknown) => {
    const trimmed = String(text ?? '').trim()
    return text instanceof nunjucks.runtime.SafeString ? new nunjucks.runtime.SafeString(trimmed) : trimmed
  })
  environment.addFilter('fill', fill)
  environment.addFilter('day', dayInWords)
  // What somebody typed, as it is read: a field beside it holds what was typed, and that is sent.
  environment.addFilter('typed', (text: unknown) => plainBlock(String(text ?? '')))
  environment.addFilter('typedLine', (text: unknown) => plainLine(String(text ?? '')))
}

/** A tag over several lines. What is typed has no brackets of its own. */
const brokenTags = /<[a-z]+[^<>"]*\n[^<>]*>/g

function onOneLine(tag: string): string {
  return tag.replace(/"[^"]*"|\s+/g, (part) => (part.startsWith('"') ? part : ' '))
}
