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

interface Fixed {
  path: string
  template: string
  about?: (language: string) => object
  /** Answers in its place, at times when it is not the same for everybody. */
  instead?: (at: At, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> | undefined
}

/** A page that is the same for everybody: rendered when it is first asked for, and kept. */
export function fixedPage(frame: Frame, { path, template, about, instead }: Fixed): void {
  inEachLanguage(frame, ({ language, root }) => {
    let page: Promise<Buffer> | undefined
    const show: RouteHandlerMethod = async (request, reply) => {
      const other = instead?.({ language, root }, request, reply)
      if (other !== undefined) return other
      page ??= frame
        .render(template, language, { ...about?.(language), switchTo: path })
        .then((text) => padded(text, 'plain'))
      return reply.type(html).send(await page)
    }
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

const html = 'text/html; charset=utf-8'
