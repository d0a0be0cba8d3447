import type { TestService } from '../support/service.ts'

/** A browser without scripts, as far as these pages need one: it reads a page, fills in its form, and presses a button. */

export interface Page {
  status: number
  headers: Record<string, unknown>
  html: string
  bytes: number
}

interface Asked {
  method?: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  payload?: string
}

interface Answer {
  statusCode: number
  headers: Record<string, unknown>
  body: string
  rawPayload: Uint8Array
}

/** Where a page comes from: a service, or a service as one client meets it. */
export interface Site {
  app: { inject(request: Asked): PromiseLike<Answer> }
}

/** The same service, asked from one address. */
export function from({ app }: Pick<TestService, 'app'>, remoteAddress: string): Site {
  return { app: { inject: (request) => app.inject({ ...request, remoteAddress }) } }
}

/** A service in another process, asked over the wire. */
export function overHttp(base: string): Site {
  return {
    app: {
      async inject({ method = 'GET', url, headers = {}, payload }) {
        const body = payload === undefined ? {} : { body: payload }
        const answer = await fetch(base + url, { method, headers, redirect: 'manual', ...body })
        const rawPayload = new Uint8Array(await answer.arrayBuffer())
        return {
          statusCode: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: new TextDecoder().decode(rawPayload),
          rawPayload,
        }
      },
    },
  }
}

type Values = Readonly<Record<string, string | string[]>>

export async function open(service: Site, url: string): Promise<Page> {
  return pageOf(await service.app.inject({ url }))
}

/** Posts fields as a form does. */
export async function post(service: Site, url: string, fields: Iterable<[string, string]>): Promise<Page> {
  return pageOf(
    await service.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' },
      payload: new URLSearchParams([...fields]).toString(),
    }),
  )
}

/** Fills in the form around a button, and presses it: the main one, or the one named, such as `add=person`. */
export async function press(
  service: Site,
  page: Page,
  values: Values = {},
  button = 'data-main',
): Promise<Page> {
  const form = formWith(page.html, button)
  const tag = buttonsOf(form).find((one) => isButton(one, button)) ?? ''
  const fields = fieldsOf(form).filter(([name]) => !(name in values))
  for (const [name, value] of Object.entries(values))
    for (const one of [value].flat()) fields.push([name, one])
  const name = attribute(tag, 'name')
  if (name !== undefined) fields.push([name, attribute(tag, 'value') ?? ''])
  return post(service, attribute(tag, 'formaction') ?? attribute(form, 'action') ?? '', fields)
}

/** What the form would send as it stands. */
export function fieldsOf(form: string): [string, string][] {
  const inputs = [...form.matchAll(/<input\b[^>]*>/g)].flatMap(([tag]): [string, string][] => {
    const type = attribute(tag, 'type')
    const isChoice = type === 'radio' || type === 'checkbox'
    const name = attribute(tag, 'name')
    if (name === undefined || type === 'file' || (isChoice && !/\schecked/.test(tag))) return []
    return [[name, attribute(tag, 'value') ?? '']]
  })
  const areas = [...form.matchAll(/(<textarea\b[^>]*>)([^<]*)<\/textarea>/g)].map(
    ([, tag = '', text = '']): [string, string] => [attribute(tag, 'name') ?? '', decoded(text)],
  )
  return [...inputs, ...areas]
}

function formWith(html: string, button: string): string {
  const forms = [...html.matchAll(/<form\b.*?<\/form>/gs)].map(([form]) => form)
  const found = forms.find((form) => buttonsOf(form).some((one) => isButton(one, button)))
  if (found === undefined) throw new Error(`no form with the button ${button}: ${textOf(html).slice(0, 600)}`)
  return found
}

function buttonsOf(form: string): string[] {
  return [...form.matchAll(/<button\b[^>]*>/g)].map(([tag]) => tag)
}

function isButton(tag: string, button: string): boolean {
  const [name = '', value] = button.split('=')
  return value === undefined
    ? tag.includes(name)
    : attribute(tag, 'name') === name && attribute(tag, 'value') === value
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : decoded(found)
}

/** What a person reads. */
export function textOf(html: string): string {
  return decoded(html.replace(/<head.*?<\/head>/s, '').replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}

/** The words of one element. */
export function wordsOf(html: string, id: string): string {
  return decoded(
    (new RegExp(`id="${id}"[^>]*>(.*?)</(p|h2|div)>`, 's').exec(html)?.[1] ?? '').replace(/<[^>]+>/g, ''),
  )
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
  '#96': '`',
  '#92': '\\',
}

function decoded(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
}

function pageOf({ statusCode, headers, body, rawPayload }: Answer): Page {
  return { status: statusCode, headers, html: body, bytes: rawPayload.length }
}
