import { clientTool } from './clientTools.ts'
import type { Step } from './step.ts'

export const lintContract: Step = {
  name: 'openapi.yaml is clean by the rules of Spectral, for OpenAPI and for OWASP, but for the exceptions',
  async run() {
    await clientTool(['npx', 'spectral', 'lint', '../../openapi.yaml', '-r', 'spectral.js', '-F', 'hint'])
  },
}
