import { createHash } from 'node:crypto'
import type { Category, CategoryList } from '../../schemas/intake.ts'
import { type CategorySlug, categories, taxonomyVersion } from '../../vocabulary/categories/categories.ts'
import { signsCy } from '../../vocabulary/categories/signs.cy.ts'
import {
  subcategoryDescriptionsCy,
  subcategoryNamesCy,
} from '../../vocabulary/categories/subcategories.cy.ts'
import { categoriesCy } from '../../vocabulary/categories/words.cy.ts'
import type { Language } from '../../vocabulary/languages.ts'
import { signpostsInLanguage } from '../signposts/inLanguage.ts'
import { type SignpostTable, signpostsForCategory } from '../signposts/signposts.ts'

export interface Taxonomy {
  list: CategoryList
  find(slug: string): Category | undefined
}

export type Taxonomies = Readonly<Record<Language, Taxonomy>>

/** The categories as the public reads them, in each language. */
export function publishTaxonomies(signposts: SignpostTable): Taxonomies {
  return { en: publishTaxonomy(signposts, 'en'), cy: publishTaxonomy(signposts, 'cy') }
}

/** With the signposts in force. The version moves with any word of it, and so is another in another language. */
function publishTaxonomy(signposts: SignpostTable, language: Language): Taxonomy {
  const items = categories.map((category) => ({
    ...(language === 'en' ? inEnglish(category) : inWelsh(category)),
    attachments: category.attachments,
    signposts: signpostsInLanguage(signpostsForCategory(signposts, category.slug), language),
  }))
  const fingerprint = createHash('sha256').update(JSON.stringify(items)).digest('hex').slice(0, 12)
  const version = `${taxonomyVersion}-${fingerprint}`
  const versioned = items.map((item) => ({ ...item, version }))
  return {
    list: { version, items: versioned },
    find: (slug) => versioned.find((item) => item.slug === slug),
  }
}

type Released = (typeof categories)[number]
type Words = Omit<Category, 'version' | 'attachments' | 'signposts'>

function inEnglish({ name, description, signs, subcategories, slug }: Released): Words {
  return {
    slug,
    name,
    description,
    signs: [...signs],
    subcategories: subcategories.map((subcategory) => ({ ...subcategory })),
  }
}

function inWelsh(category: Released): Words {
  const slug: CategorySlug = category.slug
  const { name, description } = categoriesCy[slug]
  const subcategories = category.subcategories.map((one) => ({
    slug: one.slug,
    name: subcategoryNamesCy[one.slug],
    description: subcategoryDescriptionsCy[one.slug],
  }))
  return { slug, name, description, signs: [...signsCy[slug]], subcategories }
}
