import { jsonOf, type Received } from './answers.ts'
import type {
  Answered,
  Arguments,
  ItemOf,
  ListOf,
  Method,
  OperationAt,
  OptionsOf,
  PathOf,
} from './operations.ts'
import { newKey } from './random.ts'
import { send } from './send.ts'
import type { Service } from './service.ts'

/** An access token, or what gives the one of the moment; it is asked before every call. */
export type Token = string | (() => string | Promise<string>)

type Caller<Prefix extends string, M extends Method> = <Path extends PathOf<Prefix, M>>(
  path: Path,
  ...options: Arguments<OptionsOf<OperationAt<Path, M>>>
) => Promise<Answered<OperationAt<Path, M>>>

/**
 * Every call below a prefix, by method and by the path that the contract has for it, with types for what goes in and
 * what comes out. GET and POST are tried again after a lost answer (POST under one Idempotency-Key); what changes
 * something by its version is not, since nobody knows then which version it met: read it again.
 */
export interface Staff<Prefix extends string> {
  get: Caller<Prefix, 'get'>
  post: Caller<Prefix, 'post'>
  put: Caller<Prefix, 'put'>
  patch: Caller<Prefix, 'patch'>
  delete: Caller<Prefix, 'delete'>
  /** All items of a list, page after page, as they are asked for. */
  each<Path extends ListOf<Prefix>>(
    path: Path,
    ...options: Arguments<OptionsOf<OperationAt<Path, 'get'>>>
  ): AsyncGenerator<ItemOf<Path>, void>
}

/** The triage side, as whoever holds the token. */
export function triage(service: Service, token: Token): Staff<'/v1/triage'> {
  return staff(service, token)
}

/** The side of partner agencies, as whoever holds the token. */
export function partner(service: Service, token: Token): Staff<'/v1/partner'> {
  return staff(service, token)
}

/** What options may hold, whatever the call. */
interface AnyOptions {
  path?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
  ifMatch?: string
  reason?: string
  key?: string
  signal?: AbortSignal
}

function staff<Prefix extends string>(service: Service, token: Token): Staff<Prefix> {
  const by =
    (method: Method) =>
    async (path: string, options: AnyOptions = {}) =>
      answerOf(await request(service, token, method, path, options))
  async function* each(path: string, options: AnyOptions = {}) {
    let cursor: string | undefined
    do {
      const query = cursor === undefined ? options.query : { ...options.query, cursor }
      const { body } = answerOf(
        await request(service, token, 'get', path, { ...options, query: query ?? {} }),
      )
      const page = body as { items: unknown[]; nextCursor?: string }
      yield* page.items
      cursor = page.nextCursor
    } while (cursor !== undefined)
  }
  const all = {
    get: by('get'),
    post: by('post'),
    put: by('put'),
    patch: by('patch'),
    delete: by('delete'),
    each,
  }
  // The contract's types are laid over what is the same for every path.
  return all as unknown as Staff<Prefix>
}

async function request(
  service: Service,
  token: Token,
  method: Method,
  path: string,
  { path: names = {}, query = {}, body, ifMatch, reason, key, signal }: AnyOptions,
): Promise<Received> {
  const isImage = body instanceof Blob || body instanceof Uint8Array
  const headers = {
    authorization: `Bearer ${typeof token === 'string' ? token : await token()}`,
    accept: 'application/json, image/*',
    ...(body === undefined
      ? {}
      : { 'content-type': isImage ? 'application/octet-stream' : 'application/json' }),
    ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    ...(reason === undefined ? {} : { 'audit-reason': encodeURIComponent(reason) }),
    ...(method === 'post' ? { 'idempotency-key': key ?? newKey() } : {}),
  }
  return send(service, {
    method: method.toUpperCase(),
    path: addressOf(path, names, query),
    headers,
    ...(body === undefined ? {} : { body: isImage ? await bytesOf(body) : JSON.stringify(body) }),
    isRepeatable: method === 'get' || method === 'post',
    ...(isImage ? { timeout: 5 * service.timeout } : {}),
    signal,
  })
}

/** A path with its names filled in, and its query. Values that repeat stand once each. */
export function addressOf(
  path: string,
  names: Record<string, string>,
  query: Record<string, unknown>,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names[name] ?? ''))
  const parameters = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value])
        .filter((one) => one !== undefined)
        .map((one): [string, string] => [name, String(one)]),
    ),
  )
  const text = parameters.toString()
  return text === '' ? filled : `${filled}?${text}`
}

async function bytesOf(image: Blob | Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return image instanceof Blob ? new Uint8Array(await image.arrayBuffer()) : new Uint8Array(image)
}

function answerOf(received: Received) {
  const { status, headers } = received.response
  return {
    status,
    body: bodyOf(received),
    etag: headers.get('etag') ?? undefined,
    isReplay: headers.get('idempotency-replayed') === 'true',
  }
}

function bodyOf(received: Received): unknown {
  const { response, bytes } = received
  if (response.status === 204) return undefined
  const type = response.headers.get('content-type') ?? ''
  return type.startsWith('image/') ? new Blob([bytes], { type }) : jsonOf(received)
}
