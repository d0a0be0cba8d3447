import { clientTool } from './clientTools.ts'
import { withService } from './runningService.ts'
import type { Step } from './step.ts'

const contract = '../../openapi.yaml'
const generators = [
  ['npx', 'openapi-typescript', contract, '-o', 'generated/openapi-typescript.d.ts'],
  ['npx', 'openapi-ts', '-i', contract, '-o', 'generated/hey-api', '-c', '@hey-api/client-fetch'],
  ['npx', 'orval', '--input', contract, '--output', 'generated/orval.ts', '--client', 'fetch'],
]

export const compileClients: Step = {
  name: 'generated clients compile, send entities of every kind, and every example of the contract',
  async run() {
    for (const generator of generators) await clientTool(generator)
    await clientTool(['npx', 'tsc'])
    await withService(async ({ base, tokens }) => {
      const environment = { SOTTO: base, TOKENS: JSON.stringify(await tokens()) }
      await clientTool([process.execPath, 'generated/js/entities.js'], environment)
      await clientTool([process.execPath, 'generated/js/examples.js'], environment)
    })
  },
}
