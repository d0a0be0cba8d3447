import { loadConfig } from '../../config.ts'
import { publicKeyring } from '../../crypto/keyring.ts'
import { readGivenKeyring } from '../../start/keyringSource.ts'
import { command } from '../command.ts'

/** `sotto keys public`: the keyring as the public side may have it. */
export const publicKeys = command({
  name: 'keys public',
  about: 'Print the keyring with public keys only, for intake instances.',
  more: 'On the intake host it goes into a file of mode 0600 that KEYRING_FILE names.',
  parameters: {},
  example: 'sotto keys public > public-keyring.json',
  async run() {
    const keyring = publicKeyring(await readGivenKeyring(loadConfig()))
    return { text: `${JSON.stringify(keyring, null, 2)}\n`, json: keyring }
  },
})
