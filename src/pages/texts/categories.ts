import type { Taxonomy } from '../../domain/intake/taxonomy.ts'
import { type Texts, textAt } from './texts.ts'

/** A category in the words of one language. */
export interface CategoryWords {
  slug: string
  name: string
  description: string
  /** The first sentence of the description. */
  line: string
  signs: string[]
  subcategories: { slug: string; name: string; description: string }[]
}

/** The categories in a language: in English as the taxonomy has them, in others by the texts of that language. */
export function categoriesIn(texts: Texts, { list }: Taxonomy): CategoryWords[] {
  return list.items.map(({ slug, name, description, signs, subcategories }) => {
    const own = (path: string, otherwise: string) => textAt(texts, `categories.${slug}.${path}`) ?? otherwise
    const described = own('description', description)
    const translated = texts.categories as Record<string, { signs?: string[] }> | undefined
    return {
      slug,
      name: own('name', name),
      description: described,
      line: firstSentence(described),
      signs: translated?.[slug]?.signs ?? signs,
      subcategories: subcategories.map((one) => ({
        slug: one.slug,
        name: own(`subcategories.${one.slug}`, one.name),
        description: translated === undefined ? one.description : '',
      })),
    }
  })
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text
}
