import { randomBytes } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { command, Refusal } from './command.ts'

/** `sotto openapi`: the contract as the code has it. */
export const openapi = command({
  name: 'openapi',
  about: 'Print the OpenAPI document of both sides, as YAML.',
  more: 'Needs no database, no keyring and no settings. With --json it is one line of JSON.',
  parameters: {
    out: { value: 'FILE', about: 'write it there instead, in one step: the file is never half written' },
  },
  example: 'sotto openapi --out openapi.yaml',
  async run({ out }, asJson) {
    // Loaded here alone: the other commands start faster without the web server.
    const { describeService } = await import('../start/describe.ts')
    const { yaml, document } = await describeService()
    if (out === undefined) return { text: yaml, json: document }
    replace(out, asJson ? `${JSON.stringify(document)}\n` : yaml)
    return { text: '', json: { out } }
  },
})

function replace(file: string, text: string): void {
  const next = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(next, text)
    renameSync(next, file)
  } catch (error) {
    rmSync(next, { force: true })
    throw new Refusal(`${file} cannot be written (${(error as NodeJS.ErrnoException).code})`)
  }
}
