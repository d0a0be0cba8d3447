import type { Taxonomies } from '../../domain/intake/taxonomy.ts'
import type { Category } from '../../schemas/intake.ts'
import { languageCalled } from '../../vocabulary/languages.ts'

/** A category as pages show it. */
export interface CategoryWords
  extends Pick<Category, 'slug' | 'name' | 'description' | 'signs' | 'subcategories'> {
  /** The first sentence of the description. */
  line: string
}

/** The categories in a language: in English where there are none in it. */
export function categoriesIn(language: string, taxonomies: Taxonomies): CategoryWords[] {
  return taxonomies[languageCalled(language)].list.items.map((category) => ({
    ...category,
    line: firstSentence(category.description),
  }))
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text
}
