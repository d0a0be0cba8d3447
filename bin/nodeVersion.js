import { readFileSync } from 'node:fs'

// Plain JavaScript that any Node since 14 reads: what runs on too old a Node must say so before anything else is loaded.
const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** One line for the operator where `version` is older than package.json asks for; undefined where it will do. */
export function tooOld(version) {
  const asked = engines.node.replace('>=', '').split('.').map(Number)
  const given = version.split('.').map(Number)
  const differing = asked.findIndex((part, index) => part !== given[index])
  if (differing === -1 || given[differing] > asked[differing]) return undefined
  return `sotto: Node ${engines.node.replace('>=', '')} or later is needed, and this is ${version}`
}

/** Ends the process with that line. */
export function insistOnNode() {
  const said = tooOld(process.versions.node)
  if (said === undefined) return
  process.stderr.write(`${said}\n`)
  process.exit(1)
}
