import owasp from '@stoplight/spectral-owasp-ruleset'
import { oas } from '@stoplight/spectral-rulesets'

/**
 * The rules of Spectral for OpenAPI and for OWASP's API Security Top 10, all of them, but for what stands here. `npm
 * run test:more` holds openapi.yaml to them; a warning fails as an error does.
 */

/** Rules that do not fit, each with the reason. */
const exceptions = {
  'info-contact': 'Whoever runs an instance has an address; the software has none but its repository.',
  'license-url': '`identifier` says it (SPDX). OpenAPI 3.1 allows one of the two.',
  'openapi-tags-alphabetical': 'They stand in the order of the work: from what reporters do to the audit.',
  'owasp:api2:2023-read-restricted':
    'What can be reported, keys and health are for everybody: a login would say who asks.',
  'owasp:api2:2023-write-restricted': 'Reporters have no account. That is the point of the service.',
  'owasp:api8:2023-define-error-responses-401':
    'Calls without a login cannot answer it. test/openapi.test.ts holds that all others declare it.',
  'owasp:api8:2023-define-error-responses-500':
    'No input causes one. Should there be one all the same, it is a Problem like every error, and says no more.',
  'owasp:api4:2023-rate-limit':
    'No header tells what is left: whoever shares an address would learn how busy the others are. 429 has Retry-After.',
  'owasp:api8:2023-define-cors-origin':
    'CORS_ORIGINS says which origins may read, alike for every call. No client reads the header; browsers do.',
  'owasp:api4:2023-integer-format':
    'Integers are exact in JSON, below 2^53. Generators make BigInt of int64, which then cannot be sent as JSON.',
}

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
    ...Object.fromEntries(Object.keys(exceptions).map((rule) => [rule, 'off'])),
    ...Object.fromEntries(
      Object.entries(limits).map(([rule, which]) => [
        rule,
        { ...owasp.rules[rule], given: sent.map((place) => `${place}..[?(@ && ${which})]`) },
      ]),
    ),
  },
  overrides: [
    {
      // `npm start` on one's own machine. It listens to nobody else, and has no certificate.
      files: ['../../openapi.yaml#/servers/0'],
      rules: { 'owasp:api8:2023-no-server-http': 'off' },
    },
    {
      // Browsers and phones send what they like in it. It is never refused: what is not read counts as English, and headers
      // are limited as a whole.
      files: ['../../openapi.yaml#/components/parameters/AcceptLanguage'],
      rules: { 'owasp:api4:2023-string-limit': 'off', 'owasp:api4:2023-string-restricted': 'off' },
    },
    {
      // Health checks are never limited, so that no flood makes a well instance look ill.
      files: ['../../openapi.yaml#/paths/~1health~1live', '../../openapi.yaml#/paths/~1health~1ready'],
      rules: { 'owasp:api4:2023-rate-limit-responses-429': 'off' },
    },
  ],
}
