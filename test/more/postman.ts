import { clientTool } from './clientTools.ts'
import { withService } from './runningService.ts'
import type { Step } from './step.ts'

export const importIntoPostman: Step = {
  name: 'what Postman imports sends a first request that works',
  run: () =>
    withService(async ({ base }) => {
      await clientTool([process.execPath, 'postman.js'], { SOTTO: base })
    }),
}
