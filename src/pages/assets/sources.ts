import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where templates, texts and the built style lie: beside the TypeScript, which alone is compiled elsewhere. */
export const sources = fileURLToPath(new URL('../../../../src/pages/', import.meta.url))

/** Where `govuk/…` is found. */
export const govuk = `${dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json'))}/dist`
