import { retireKey as takeOutOfUse } from '../../crypto/keyTurns.ts'
import { command } from '../command.ts'
import { changeKeyring } from './keyring.ts'

/** `sotto keys retire KID`: for a pending key that is not wanted, or an agency's. */
export const retireKey = command({
  name: 'keys retire',
  about: 'Take a key out of use without a successor. It still opens what was sealed to it.',
  more: 'The active key of a purpose that the service cannot do without is replaced by `sotto keys activate` instead.',
  parameters: {
    kid: { value: 'KID', about: 'the key, as `sotto keys list` shows it', required: true, positional: true },
  },
  example: 'sotto keys retire "$KID"',
  async run({ kid }) {
    await changeKeyring((keyring) => takeOutOfUse(keyring, kid))
    return {
      text: `${kid} has expired\n`,
      note: 'Triage tells the database within seconds.\n',
      json: { kid, status: 'expired' },
    }
  },
})
