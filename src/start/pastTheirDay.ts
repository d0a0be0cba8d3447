import type { Keyring } from '../crypto/keyring.ts'

/** What to do about keys that are in use after the last day of their period; a line for each kind. */
export function pastTheirDay({ keys }: Keyring, today: string): string[] {
  return keys
    .filter(({ status, notAfter }) => status === 'active' && notAfter < today)
    .map(({ kid, purpose, agency, notAfter }) => {
      const whose = agency === undefined ? purpose : `${purpose} of ${agency}`
      return `the key ${kid} (${whose}) is in use past its last day, ${notAfter}: ${remedies[purpose] ?? 'it goes on working'}`
    })
}

const remedies: Partial<Record<Keyring['keys'][number]['purpose'], string>> = {
  organisation: '`sotto keys new`, then `sotto keys activate` (docs/retention.md)',
  index: '`sotto keys new --purpose index`, then `sotto keys activate` (docs/operating.md)',
  agency: '`sotto agency add --held service`, or the agency’s own new key (docs/sharing.md)',
  recovery: '`sotto keys new --purpose recovery` makes a new paper key (docs/keys.md)',
  token: '`sotto keys new --purpose token`, then `sotto keys activate` (docs/keys.md)',
  sign: '`sotto keys new --purpose sign`, then `sotto keys activate` (docs/keys.md)',
  audit: '`sotto keys new --purpose audit`, then `sotto keys activate` (docs/keys.md)',
  cursor: '`sotto keys new --purpose cursor`, then `sotto keys activate` (docs/keys.md)',
}
