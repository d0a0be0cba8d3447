import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Scope } from '../../scope.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { sources } from '../frame/sources.ts'
import type { Site } from '../site.ts'

/** The address of each asset, as a page names it. */
export type AssetNames = Readonly<Record<keyof typeof files, string>>

const files = {
  style: { file: 'style.css', type: 'text/css; charset=utf-8' },
  script: { file: 'pages.js', type: 'text/javascript; charset=utf-8' },
  icon: { file: 'icon.svg', type: 'image/svg+xml' },
} as const

interface Asset {
  type: string
  plain: Buffer
  br: Buffer
  gzip: Buffer
}

/**
 * `/assets/…`: style, script and icon under names that change with their content, so that they may be kept for ever. They
 * say nothing of who asks or why, so they alone are compressed.
 */
export function serveAssets(app: Scope, site: Site): AssetNames {
  const byName = new Map<string, () => Asset>()
  const nameOf = (kind: keyof typeof files): string => {
    const { file, type } = files[kind]
    const plain = Buffer.concat([
      readFileSync(`${sources}assets/${file}`),
      kind === 'style' ? colours(site) : empty,
    ])
    const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16)
    const name = file.replace('.', `.${hash}.`)
    byName.set(
      name,
      once(() => ({ type, plain, br: brotliCompressSync(plain), gzip: gzipSync(plain) })),
    )
    return `/assets/${name}`
  }
  const names = { style: nameOf('style'), script: nameOf('script'), icon: nameOf('icon') }

  app.get<{ Params: { name: string } }>(
    '/assets/:name',
    { schema: { hide: true } },
    async (request, reply) => {
      const asset = byName.get(request.params.name)?.()
      if (asset === undefined) throw new Fault('not-there')
      const coding = codingOf(request.headers['accept-encoding'])
      if (coding !== undefined) reply.header('content-encoding', coding)
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .type(asset.type)
        .send(asset[coding ?? 'plain'])
    },
  )
  return names
}

const empty = Buffer.alloc(0)

function colours({ colours: { main, button } }: Site): Buffer {
  return Buffer.from(`:root{--s-main:${main};--s-button:${button}}\n`)
}

function codingOf(accepted: string | undefined): 'br' | 'gzip' | undefined {
  const codings = (accepted ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
  const takes = (coding: string) =>
    codings.some((one) => one === coding || new RegExp(`^${coding};\\s*q=(1|0\\.\\d*[1-9])`).test(one))
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : undefined
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
