import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * `npm run types`: writes src/contract.ts from openapi.yaml. Its first line names the text of the contract that it was
 * made from, so that `npm test` can tell without the generator whether the two are in step. `--print` writes to stdout.
 */
const folder = fileURLToPath(new URL('..', import.meta.url))
const contract = fileURLToPath(new URL('../../openapi.yaml', import.meta.url))
const target = fileURLToPath(new URL('../src/contract.ts', import.meta.url))

if (!existsSync(new URL('../node_modules/openapi-typescript', import.meta.url))) {
  run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'])
}
const types = run(process.execPath, ['node_modules/openapi-typescript/bin/cli.js', contract])
const hash = createHash('sha256').update(readFileSync(contract)).digest('hex')
const text = `// Made from openapi.yaml, sha256 ${hash}\n${types}`
if (process.argv.includes('--print')) process.stdout.write(text)
else writeFileSync(target, text)

function run(program, words) {
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${stdout}${stderr}`)
  return stdout
}
