import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { once } from '../concurrency/once.ts'

/** Where `npm run build` puts the console: beside what is compiled. */
const built = fileURLToPath(new URL('../../console/', import.meta.url))

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/** One part of the console: our own public code, the same for everybody, so that it may be compressed. */
export interface ConsoleFile {
  type: string
  /** Whether its name changes with its content, so that it may be kept for ever. */
  isNamedByContent: boolean
  plain: Buffer
  br: () => Buffer
  gzip: () => Buffer
}

export interface ConsoleFiles {
  page: string
  named: ReadonlyMap<string, ConsoleFile>
}

/** What was built, read once; undefined where nothing was. */
export function readConsole(folder = built): ConsoleFiles | undefined {
  if (!existsSync(`${folder}index.html`)) return undefined
  const names = readdirSync(folder).filter((name) => typeOf(name) !== undefined)
  return {
    page: readFileSync(`${folder}index.html`, 'utf8'),
    named: new Map(names.map((name) => [name, fileOf(folder, name)])),
  }
}

function fileOf(folder: string, name: string): ConsoleFile {
  const plain = readFileSync(`${folder}${name}`)
  return {
    type: typeOf(name) ?? '',
    isNamedByContent: /-[0-9A-Z]{8}\./.test(name),
    plain,
    br: once(() => brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })),
    gzip: once(() => gzipSync(plain, { level: 9 })),
  }
}

function typeOf(name: string): string | undefined {
  return types[name.split('.').at(-1) ?? '']
}
