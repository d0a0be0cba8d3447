import { keyByKid } from '../../crypto/keyring.ts'
import { activateKey as turnOver } from '../../crypto/keyTurns.ts'
import { command } from '../command.ts'
import { changeKeyring } from './keyring.ts'

/** `sotto keys activate KID`: turns the keyring over to a pending key. */
export const activateKey = command({
  name: 'keys activate',
  about: 'Turn over to a pending key: it becomes active, the one before it expires.',
  more: 'An expired key still opens what was sealed to it. Running services look at the keyring file every two seconds and\ntake it up: triage registers the keys with the database, then intake takes the new `sotto keys public` where its file is replaced.\nOnly a credential of systemd needs a restart. An index key is of no concern to intake: triage indexes everything again.',
  parameters: {
    kid: {
      value: 'KID',
      about: 'the pending key, as `sotto keys list` shows it',
      required: true,
      positional: true,
    },
  },
  example: 'sotto keys activate "$KID"',
  async run({ kid }) {
    const { before, after } = await changeKeyring((keyring, today) => turnOver(keyring, kid, today))
    const expired = after.keys.filter(
      (key) => key.status === 'expired' && keyByKid(before, key.kid)?.status === 'active',
    )
    const isIndex = keyByKid(after, kid)?.purpose === 'index'
    return {
      text: `${kid} is active${expired.map((key) => `, ${key.kid} has expired`).join('')}\n`,
      note: isIndex
        ? 'Triage takes it up within seconds, and indexes everything again under it.\n'
        : 'Triage takes it up within seconds; give intake the new `sotto keys public`.\n',
      json: { kid, status: 'active', expired: expired.map((key) => key.kid) },
    }
  },
})
