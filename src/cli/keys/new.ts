import { newOrganisationKey } from '../../crypto/keyring.ts'
import { command } from '../command.ts'
import { changeKeyring } from './keyring.ts'

/** `sotto keys new`: makes ready the organisation key of the next period. */
export const newKey = command({
  name: 'keys new',
  about: 'Add a pending organisation key to the keyring, and print its kid.',
  more: 'Nothing is sealed to it until `sotto keys activate`. A running service does not know it: the triage service\nregisters the keys of its keyring with the database when it starts.',
  parameters: {},
  example: 'KID=$(sotto keys new)',
  async run() {
    const { after } = changeKeyring(newOrganisationKey)
    const kid = after.keys.at(-1)?.kid ?? ''
    return {
      text: `${kid}\n`,
      note: 'Renew the offline copy of the keyring, then `sotto keys activate` this kid when its period begins.\n',
      json: { kid, status: 'pending' },
    }
  },
})
