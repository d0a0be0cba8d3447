import { newIndexKey, newOrganisationKey } from '../../crypto/keyring.ts'
import { command, UsageError } from '../command.ts'
import { changeKeyring } from './keyring.ts'

const makers = { organisation: newOrganisationKey, index: newIndexKey } as const

/** `sotto keys new`: makes ready the organisation's key, or the index key, of the next period. */
export const newKey = command({
  name: 'keys new',
  about: 'Add a pending key to the keyring, and print its kid.',
  more: 'Nothing is sealed to it until `sotto keys activate`. A running service does not know it: the triage service\nregisters the keys of its keyring with the database when it starts.',
  parameters: { purpose: { value: 'PURPOSE', about: 'organisation (the default) or index' } },
  example: 'KID=$(sotto keys new)',
  async run({ purpose = 'organisation' }) {
    if (purpose !== 'organisation' && purpose !== 'index') {
      throw new UsageError('keys new: --purpose must be organisation or index')
    }
    const { after } = await changeKeyring(makers[purpose])
    const kid = after.keys.at(-1)?.kid ?? ''
    return {
      text: `${kid}\n`,
      note: 'Renew the offline copy of the keyring, then `sotto keys activate` this kid when its period begins.\n',
      json: { kid, status: 'pending' },
    }
  },
})
