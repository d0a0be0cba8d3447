import { readFileSync } from 'node:fs'
import owasp from '@stoplight/spectral-owasp-ruleset'
import { oas } from '@stoplight/spectral-rulesets'
import { parse } from 'yaml'

/**
 * The rules of Spectral for OpenAPI and for OWASP's API Security Top 10, all of them, but for the exceptions that
 * .redocly.lint-ignore.yaml has, each with its reason. `npm run test:more` holds openapi.yaml to them; a warning fails as an
 * error does.
 */
const { spectral } = parse(readFileSync('../../.redocly.lint-ignore.yaml', 'utf8'))
const exceptions = Object.entries(spectral)
const [everywhere, somewhere] = [true, false].map((whole) =>
  exceptions.filter(([, where]) => where.includes('#') === whole),
)

/**
 * Rules about how large a thing may be: of what is sent in, not of answers, which the service makes. A format limits a
 * text by itself, and the bytes of an image are limited by the call (10 MiB).
 */
const sent = ['$.paths[*][*].parameters[*]', '$.paths[*][*].requestBody.content[*]']
const limits = {
  'owasp:api4:2023-array-limit': "@.type === 'array'",
  'owasp:api4:2023-integer-limit': "@.type === 'integer' && !@.enum",
  'owasp:api4:2023-string-limit': "@.type === 'string' && !@.format",
  'owasp:api4:2023-string-restricted': "@.type === 'string'",
}

// biome-ignore lint/style/noDefaultExport: Spectral takes a ruleset from there.
export default {
  extends: [[oas, 'all'], owasp],
  rules: {
    ...Object.fromEntries(everywhere.map(([rule]) => [rule, 'off'])),
    ...Object.fromEntries(
      Object.entries(limits).map(([rule, which]) => [
        rule,
        { ...owasp.rules[rule], given: sent.map((place) => `${place}..[?(@ && ${which})]`) },
      ]),
    ),
  },
  overrides: somewhere.map(([rule, where]) => ({
    files: where.map((pointer) => `../../openapi.yaml${pointer}`),
    rules: { [rule]: 'off' },
  })),
}
