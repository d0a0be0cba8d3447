import { loginMapped } from '../../domain/audit/staffDeeds.ts'
import { command } from '../command.ts'
import { distinctFrom, sayingWho } from './names.ts'
import { issuerOf, nameOf, subjectOf } from './rules.ts'
import { withWaysIn } from './tokens.ts'

/** `sotto staff map`: says which person stands behind a subject of the OIDC issuer. */
export const mapStaff = command({
  name: 'staff map',
  about: 'Say which person a subject of the OIDC issuer is.',
  more: 'Do it before their first act: what they did as somebody else stays that person’s. A name that nobody\nhas makes a new person. A subject that was revoked is let in again.',
  parameters: {
    issuer: { value: 'I', about: 'the iss of their tokens, as in OIDC_ISSUER', required: true },
    subject: { value: 'S', about: 'the sub of their tokens', required: true },
    name: { value: 'N', about: 'their name, as `sotto staff list` shows it', required: true },
    'distinct-from': distinctFrom,
  },
  example: "sotto staff map --issuer https://login.example.org --subject 248289761001 --name 'Ada Example'",
  async run(given) {
    const issuer = issuerOf(given.issuer)
    const subject = subjectOf(given.subject)
    const mapping = { issuer, subject, name: nameOf(given.name), distinctFrom: given['distinct-from'] }
    const { id, name, isNew } = await withWaysIn(({ subjects, change }) =>
      change(async (query, record) => {
        const mapped = await sayingWho(subjects.map(query, mapping))
        await record(loginMapped(mapped.id, issuer, subject))
        return mapped
      }),
    )
    return {
      text: isNew ? `mapped to ${name}, a new person\n` : `mapped to ${name}\n`,
      json: { issuer, subject, name, id, isNew },
    }
  },
})
