import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { once } from '../../concurrency/once.ts'
import type { Scope } from '../../scope.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { Site } from '../site.ts'
import { sources } from './sources.ts'

/** The address of each asset, as a page names it. */
export type AssetNames = Readonly<Record<keyof typeof files, string>>

/** ALTCHA's own build, which brings no style and no worker of its own, so that our policy holds. */
const altcha = () => fileURLToPath(new URL('../', import.meta.resolve('altcha/external')))
const own = `${sources}assets/`
const javascript = 'text/javascript; charset=utf-8'

const files = {
  style: { name: 'style.css', path: () => `${own}style.css`, type: 'text/css; charset=utf-8' },
  script: { name: 'pages.js', path: () => `${own}pages.js`, type: javascript },
  icon: { name: 'icon.svg', path: () => `${own}icon.svg`, type: 'image/svg+xml' },
  proof: { name: 'altcha.js', path: () => `${altcha()}external/altcha.min.js`, type: javascript },
  worker: { name: 'altcha-worker.js', path: () => `${altcha()}workers/pbkdf2.js`, type: javascript },
} as const

type Kind = keyof typeof files

interface Asset {
  name: string
  type: string
  plain: Buffer
  br: () => Buffer
  gzip: () => Buffer
}

/**
 * `/assets/…`: style, scripts and icon under names that change with their content, so that they may be kept for ever. They
 * say nothing of who asks or why, so they alone are compressed. Each is read when a page first names it.
 */
export function serveAssets(app: Scope, site: Site, base = ''): AssetNames {
  const made = new Map<Kind, Asset>()
  function assetOf(kind: Kind): Asset {
    const asset = made.get(kind) ?? read(kind, kind === 'style' ? colours(site) : empty)
    made.set(kind, asset)
    return asset
  }
  /** Another instance, or this one before it started anew, may have named it. */
  function assetNamed(name: string): Asset | undefined {
    const kind = kinds.find((one) => hashedName(files[one].name, '[0-9a-f]{16}').test(name))
    const asset = kind && assetOf(kind)
    return asset?.name === name ? asset : undefined
  }

  app.get<{ Params: { name: string } }>(
    `${base}/assets/:name`,
    { schema: { hide: true } },
    async (request, reply) => {
      const asset = assetNamed(request.params.name)
      if (asset === undefined) throw new Fault('not-found')
      const coding = codingOf(request.headers['accept-encoding'])
      if (coding !== undefined) reply.header('content-encoding', coding)
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .type(asset.type)
        .send(coding === undefined ? asset.plain : asset[coding]())
    },
  )
  const address = (kind: Kind) => `${base}/assets/${assetOf(kind).name}`
  return {
    style: address('style'),
    script: address('script'),
    icon: address('icon'),
    get proof() {
      return address('proof')
    },
    get worker() {
      return address('worker')
    },
  }
}

const kinds = Object.keys(files) as Kind[]

function read(kind: Kind, more: Buffer): Asset {
  const { name, path, type } = files[kind]
  const plain = Buffer.concat([readFileSync(path()), more])
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16)
  return {
    name: name.replace('.', `.${hash}.`),
    type,
    plain,
    br: once(() => brotliCompressSync(plain)),
    gzip: once(() => gzipSync(plain)),
  }
}

function hashedName(name: string, hash: string): RegExp {
  const [first = '', last = ''] = name.split('.')
  return new RegExp(`^${first}\\.${hash}\\.${last}$`)
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
