/**
 * What is made once for each name, and kept as long as not too many others were asked for since: at most so many. Nothing that
 * somebody typed may be part of a name or of what is made.
 */
export function keptAtMost<T>(most: number): (name: string, make: () => T) => T {
  const kept = new Map<string, T>()
  return (name, make) => {
    const one = kept.get(name) ?? make()
    kept.delete(name)
    kept.set(name, one)
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break
      kept.delete(oldest)
    }
    return one
  }
}
