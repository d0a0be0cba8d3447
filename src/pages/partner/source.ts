/** What is asked beyond a report: from where it is known. */
export const ofSource: readonly string[] = ['basis', 'protect', 'note', 'contact', 'shareWithAgency'].map(
  (name) => `source.${name}`,
)
