/** Where a report came from: a reporter, or an agency that shared it in. */
export const origins = ['public', 'partner'] as const
export type Origin = (typeof origins)[number]

/** How somebody at an agency came to know what they share in. */
export const sourceBases = ['own-observation', 'told-by-a-person', 'record'] as const
export type SourceBasis = (typeof sourceBases)[number]
