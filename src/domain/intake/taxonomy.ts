import { createHash } from 'node:crypto'
import type { Category, CategoryList } from '../../schemas/intake.ts'
import { type CategorySlug, categories, taxonomyVersion } from '../../vocabulary/categories/categories.ts'
import { type SignpostTable, signpostsForCategory } from '../signposts/signposts.ts'

export interface Taxonomy {
  list: CategoryList
  find(slug: string): Category | undefined
}

/** The categories as the public reads them, with the signposts in force. The version moves with any word of it. */
export function publishTaxonomy(signposts: SignpostTable): Taxonomy {
  const items = categories.map((category) => publicCategory(category, signposts))
  const fingerprint = createHash('sha256').update(JSON.stringify(items)).digest('hex').slice(0, 12)
  const version = `${taxonomyVersion}-${fingerprint}`
  const versioned = items.map((item) => ({ ...item, version }))
  return {
    list: { version, items: versioned },
    find: (slug) => versioned.find((item) => item.slug === slug),
  }
}

function publicCategory(
  category: (typeof categories)[number],
  signposts: SignpostTable,
): Omit<Category, 'version'> {
  const { name, description, attachments } = category
  const slug: CategorySlug = category.slug
  return {
    slug,
    name,
    description,
    signs: [...category.signs],
    subcategories: category.subcategories.map((subcategory) => ({ ...subcategory })),
    attachments,
    signposts: [...signpostsForCategory(signposts, slug)],
  }
}
