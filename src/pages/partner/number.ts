/** What tells one submission from another at a glance: the beginning of its id. */
export function numberOf({ id }: { id: string }): string {
  return id.slice(0, 8)
}
