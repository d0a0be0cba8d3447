/** What two reports may both name. */
export const linkKinds = [
  'registration',
  'phone',
  'handle',
  'account',
  'address',
  'uprn',
  'organisation',
] as const
export type LinkKind = (typeof linkKinds)[number]
