import { sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { takeSuite } from './suite.ts'
import { tap } from './tap.ts'

/**
 * Runs the test files that TEST_FILES names, a line each, one after the other in this process: to load the service takes
 * a process three seconds of a processor. What a file sets in the environment ends with it.
 */
const folder = fileURLToPath(new URL('../', import.meta.url))
const timeout = Number(process.env.TAP_TIMEOUT) * 1_000
const files = process.env.TEST_FILES?.split('\n') ?? []
// Or all of them together would have the time of one.
tap.setTimeout(timeout * files.length)

for (const file of files) {
  const before = { ...process.env }
  await tap.test(file.split(sep).join('/'), { timeout }, async (test) => {
    takeSuite(test)
    await import(pathToFileURL(folder + file).href)
  })
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
  Object.assign(process.env, before)
}
