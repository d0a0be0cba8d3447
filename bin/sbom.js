import { execFileSync } from 'node:child_process'

/**
 * Prints what a production installation is made of, as CycloneDX, from package-lock.json alone:
 * `npm run --silent sbom > sotto.cdx.json`.
 */
const words = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only']
const bom = JSON.parse(execFileSync('npm', words, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }))

// `--omit=dev` leaves out what a package for development needs too (ajv, yaml), so we leave out what it alone needs.
const isOfDevelopment = ({ properties = [] }) =>
  properties.some(({ name }) => name === 'cdx:npm:package:development')
bom.components = bom.components.filter((one) => !isOfDevelopment(one))
const kept = new Set([bom.metadata.component, ...bom.components].map((one) => one['bom-ref']))
bom.dependencies = bom.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }))

// npm calls what lies in no node_modules by its folder, which is somebody's machine.
for (const one of [bom.metadata.component, ...bom.components]) {
  one.name = decodeURIComponent(one.purl.slice('pkg:npm/'.length, one.purl.lastIndexOf('@')))
}
process.stdout.write(`${JSON.stringify(bom, null, 2)}\n`)
