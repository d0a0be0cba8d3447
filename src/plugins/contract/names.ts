import type { Contract } from './document.ts'

/**
 * Writes out the names of parameters in paths: `{did}` after `disseminations` is `{disseminationId}`. `id` stays: it is
 * whole, and the id of what the path is about.
 */
export function nameInFull(document: Contract): void {
  document.paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, methods]) => {
      const full = new Map<string, string>()
      const named = path.replace(/([a-z-]+)\/\{([a-z]id)\}/g, (_whole, things: string, short: string) => {
        full.set(short, `${singular(things)}Id`)
        return `${things}/{${full.get(short)}}`
      })
      for (const { parameters = [] } of Object.values(methods)) {
        for (const parameter of parameters) parameter.name = full.get(parameter.name) ?? parameter.name
      }
      return [named, methods]
    }),
  )
}

function singular(things: string): string {
  return things.replace(/ies$/, 'y').replace(/s$/, '')
}
