import { text } from 'node:stream/consumers'
import { explainToken as explain, type Step } from '../../auth/explain.ts'
import { loadConfig } from '../../config.ts'
import { command, Refusal } from '../command.ts'

/** `sotto staff explain-token`: what is wrong with an access token of the OIDC issuer. */
export const explainToken = command({
  name: 'staff explain-token',
  about:
    'Say step by step why an access token of the OIDC issuer is refused, and which setting would mend it.',
  more: 'The token comes on standard input, so that no list of processes and no history shows it. Nothing of it is logged\nor kept. Whether the person was revoked, `sotto staff list` says. Exits 1 if the token would be refused.',
  parameters: {},
  example: 'sotto staff explain-token < token.txt',
  async run() {
    const { oidc } = loadConfig()
    if (oidc === undefined) throw new Refusal('OIDC_ISSUER is not set: only local tokens open anything')
    const token = (await text(process.stdin)).trim().replace(/^Bearer\s+/i, '')
    if (token === '') throw new Refusal('no token came on standard input')
    const steps = await explain(token, oidc, new Date())
    const isGood = steps.every(({ ok }) => ok)
    const end = isGood ? 'This token is good.\n' : 'This token is refused.\n'
    return {
      text: `${steps.map(lineOf).join('')}${end}`,
      json: { good: isGood, steps },
      ...(isGood ? {} : { failed: true as const }),
    }
  },
})

function lineOf({ step, ok, remedy }: Step): string {
  return `${ok ? 'yes' : 'NO '}  ${step}\n${remedy === undefined ? '' : `     ${remedy}\n`}`
}
