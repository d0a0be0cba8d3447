import type { paths } from './contract.ts'

/** What the contract says of a call, as types: which paths there are, what goes in, what comes out. */

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

interface AnyOperation {
  parameters: { path?: unknown; query?: unknown; header?: unknown }
  requestBody?: unknown
  responses: object
}

/** The operation at a path, if there is one by this method. */
export type OperationAt<Path extends keyof paths, M extends Method> = paths[Path] extends {
  [Name in M]: infer Operation extends AnyOperation
}
  ? Operation
  : never

type Readable = 'application/json' | `image/${string}`

/** The paths below `Prefix` that have this method, and answer with something other than a stream. */
export type PathOf<Prefix extends string, M extends Method> = {
  [Path in keyof paths]: Path extends `${Prefix}/${string}`
    ? [OperationAt<Path, M>] extends [never]
      ? never
      : [Answered<OperationAt<Path, M>>] extends [never]
        ? never
        : Path
    : never
}[keyof paths]

/** The paths whose GET gives a list, page by page. */
export type ListOf<Prefix extends string> = {
  [Path in PathOf<Prefix, 'get'>]: Answered<OperationAt<Path, 'get'>> extends { body: { items: unknown[] } }
    ? Path
    : never
}[PathOf<Prefix, 'get'>]

/** What a list holds. */
export type ItemOf<Path extends keyof paths> =
  Answered<OperationAt<Path, 'get'>> extends { body: { items: (infer Item)[] } } ? Item : never

type Good = 200 | 201 | 202 | 204

/** An answer of 2xx: `status` tells one kind from another where there are several. */
export interface Answer<Status = number, Body = unknown> {
  readonly status: Status
  readonly body: Body
  /** The version, for `ifMatch`. */
  readonly etag: string | undefined
  /** Whether this is the kept answer of an earlier try. */
  readonly isReplay: boolean
}

type ContentOf<Response> = Response extends { content: infer Content }
  ? 'application/json' extends keyof Content
    ? Content['application/json']
    : keyof Content & Readable extends never
      ? never
      : Blob
  : undefined

/** All answers of 2xx that the contract knows for an operation. */
export type Answered<Operation extends AnyOperation> = {
  [Status in keyof Operation['responses'] & Good]: [ContentOf<Operation['responses'][Status]>] extends [never]
    ? never
    : Answer<Status, ContentOf<Operation['responses'][Status]>>
}[keyof Operation['responses'] & Good]

type Part<Name extends string, Value> = [Exclude<Value, undefined>] extends [never]
  ? object
  : object extends Exclude<Value, undefined>
    ? { [N in Name]?: Exclude<Value, undefined> }
    : { [N in Name]: Exclude<Value, undefined> }

type Sent<Body> = Body extends { content: infer Content }
  ? 'application/json' extends keyof Content
    ? Content['application/json']
    : Blob | Uint8Array
  : never

type BodyPart<Operation extends AnyOperation> = [Sent<Exclude<Operation['requestBody'], undefined>>] extends [
  never,
]
  ? object
  : undefined extends Operation['requestBody']
    ? { body?: Sent<Exclude<Operation['requestBody'], undefined>> }
    : { body: Sent<Exclude<Operation['requestBody'], undefined>> }

type HeaderPart<Header> = (Header extends { 'if-match': unknown }
  ? {
      /** The ETag that was read. */
      ifMatch: string
    }
  : Header extends { 'if-match'?: unknown }
    ? { ifMatch?: string }
    : object) &
  (Header extends { 'audit-reason': unknown }
    ? { reason: string }
    : Header extends { 'audit-reason'?: unknown }
      ? {
          /** Why, for the audit trail, in any script. */
          reason?: string
        }
      : object) &
  (Header extends { 'idempotency-key'?: unknown }
    ? {
        /** From `newKey()`; one is made if none is given. */
        key?: string
      }
    : object)

/** What a call takes. */
export type OptionsOf<Operation extends AnyOperation> = Part<'path', Operation['parameters']['path']> &
  Part<'query', Operation['parameters']['query']> &
  ([Exclude<Operation['parameters']['header'], undefined>] extends [never]
    ? object
    : HeaderPart<Exclude<Operation['parameters']['header'], undefined>>) &
  BodyPart<Operation> & { signal?: AbortSignal }

/** Options as the last argument, which may be left out where nothing in them is required. */
export type Arguments<Options> = object extends Options ? [options?: Options] : [options: Options]
