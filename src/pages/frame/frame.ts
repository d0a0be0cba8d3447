import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import type { Scope } from '../../scope.ts'
import type { Site } from '../site.ts'
import type { Texts } from '../texts/texts.ts'
import { type Render, rootOf } from './render.ts'
import { type PageLength, padded } from './wire.ts'

/** A page's languages and how it goes out: what every folder of `pages/` is given. */
export interface Frame {
  app: Scope
  site: Site
  render: Render
  textsOf(language: string): Texts
}

/** Where a page stands, in one language. */
export interface At {
  language: string
  /** Before its paths: nothing for English, `/cy` for Welsh. */
  root: string
}

/** Registers a page once for each language. */
export function inEachLanguage({ site }: Frame, register: (at: At) => void): void {
  for (const language of site.languages) register({ language, root: rootOf(language) })
}

/** Pages of one template that are the same for everybody: each is rendered when it is first asked for, and kept. */
export function keptPages(
  { render }: Pick<Frame, 'render'>,
  template: string,
  about: (language: string, name: string) => object,
) {
  const pages = new Map<string, Promise<Buffer>>()
  return function pageIn(language: string, name = ''): Promise<Buffer> {
    const key = `${language} ${name}`
    const page =
      pages.get(key) ??
      render(template, language, about(language, name)).then((text) => padded(text, 'plain'))
    pages.set(key, page)
    return page
  }
}

interface Fixed {
  path: string
  template: string
  about?: (language: string) => object
  /** Answers in its place, at times when it is not the same for everybody. */
  instead?: (at: At, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> | undefined
}

/** A page at an address of its own that is the same for everybody. */
export function fixedPage(frame: Frame, { path, template, about, instead }: Fixed): void {
  const pageIn = keptPages(frame, template, (language) => ({ ...about?.(language), switchTo: path }))
  inEachLanguage(frame, ({ language, root }) => {
    const show: RouteHandlerMethod = async (request, reply) =>
      instead?.({ language, root }, request, reply) ?? reply.type(html).send(await pageIn(language))
    frame.app.get(root + path, hidden, show)
    if (root !== '' && path === '/') frame.app.get(root, hidden, show)
  })
}

/** Renders a page for one request, and sends it. */
export async function sendPage(
  frame: Frame,
  reply: FastifyReply,
  language: string,
  { template, length = 'plain', about = {} }: { template: string; length?: PageLength; about?: object },
): Promise<FastifyReply> {
  return reply.type(html).send(padded(await frame.render(template, language, about), length))
}

/** Pages for people are no part of the contract of the API. */
export const hidden = { schema: { hide: true } } as const

/** Of what type a page is. */
export const html = 'text/html; charset=utf-8'
