import { loadConfig } from '../../config.ts'
import { readGivenKeyring } from '../../start/keyringSource.ts'
import { pastTheirDay } from '../../start/pastTheirDay.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { command } from '../command.ts'
import { table } from '../table.ts'

/** `sotto keys list`: which keys there are, never what they are. */
export const listKeys = command({
  name: 'keys list',
  about: 'Show kid, purpose, status and period of each key of the keyring.',
  parameters: {},
  example: 'sotto keys list',
  async run() {
    const keyring = await readGivenKeyring(loadConfig())
    const keys = keyring.keys.map(({ kid, purpose, agency, status, notBefore, notAfter }) => ({
      kid,
      purpose,
      ...(agency === undefined ? {} : { agency }),
      status,
      notBefore,
      notAfter,
    }))
    const rows = keys.map(({ kid, purpose, agency, status, notBefore, notAfter }) => [
      kid,
      agency === undefined ? purpose : `${purpose} of ${agency}`,
      status,
      notBefore,
      notAfter,
    ])
    return {
      text: table(['KID', 'PURPOSE', 'STATUS', 'NOT BEFORE', 'NOT AFTER'], rows),
      note: pastTheirDay(keyring, dayOf(new Date()))
        .map((line) => `${line}\n`)
        .join(''),
      json: { keys },
    }
  },
})
