import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Taxonomies } from '../../domain/intake/taxonomy.ts'
import { answerInLanguage } from '../../plugins/language.ts'
import { varyBy } from '../../plugins/vary.ts'
import { ref } from '../../schemas/component.ts'
import { exampleCategory } from '../../schemas/examples.ts'
import { LanguageHeaders, languageHeader } from '../../schemas/headers.ts'
import { Category, CategoryList } from '../../schemas/intake.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import type { Scope } from '../../scope.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { compress, preferredCoding } from './compressed.ts'

const headers = { ETag: Type.String({ description: 'Moves with any word of it' }), ...languageHeader }
const unchanged = {
  304: { type: 'null', description: 'Not changed since the ETag in If-None-Match', headers },
}

/** GET /v1/categories and /v1/categories/{slug}: what can be reported. Cacheable; the ETag moves with any word. */
export function readCategories(app: Scope, taxonomies: Taxonomies): void {
  const compressed = { en: compress(taxonomies.en.list), cy: compress(taxonomies.cy.list) }
  app.get(
    '/v1/categories',
    {
      schema: {
        operationId: 'listCategories',
        summary: 'What can be reported',
        description:
          'All categories with signs to look for, sub-types and who else can help. Cacheable, in English or Welsh.',
        headers: LanguageHeaders,
        response: {
          200: withExample(withHeaders(ref(CategoryList), headers), {
            version: exampleCategory.version,
            items: [exampleCategory],
          }),
          ...unchanged,
          ...problems('not-acceptable'),
        },
      },
    },
    async (request, reply) => {
      const language = answerInLanguage(request, reply)
      varyBy(reply, 'accept-encoding')
      const { list } = taxonomies[language]
      const chosen = preferredCoding(request, compressed[language])
      if (chosen === undefined) return cached(request, reply, list, list)
      // Another coding is another representation, with an ETag of its own (RFC 9110, section 8.8.3).
      const { coding, bytes } = chosen
      reply.header('content-encoding', coding).type('application/json; charset=utf-8')
      return cached(request, reply, { version: `${list.version}-${coding}` }, bytes() as never)
    },
  )
  app.get(
    '/v1/categories/:slug',
    {
      schema: {
        operationId: 'getCategory',
        summary: 'One category',
        description: 'As in the list of all. Cacheable.',
        headers: LanguageHeaders,
        params: Type.Object({ slug: Type.String({ description: 'Slug of the category' }) }),
        response: {
          200: withExample(withHeaders(ref(Category), headers), exampleCategory),
          ...unchanged,
          ...problems('not-found', 'not-acceptable'),
        },
      },
    },
    async (request, reply) => {
      const language = answerInLanguage(request, reply)
      const category = taxonomies[language].find(request.params.slug)
      if (category === undefined) throw new Fault('not-found')
      return cached(request, reply, category, category)
    },
  )
}

function cached<T extends { version: string }>(
  request: FastifyRequest,
  reply: FastifyReply,
  { version }: { version: string },
  body: T,
) {
  const etag = `"${version}"`
  reply.header('etag', etag).header('cache-control', 'public, max-age=300')
  return isKnown(request.headers['if-none-match'], etag)
    ? reply.removeHeader('content-encoding').code(304).send()
    : reply.send(body)
}

/** If-None-Match compares weakly (RFC 9110, section 13.1.2). */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(etag) || known.includes('*')
}
