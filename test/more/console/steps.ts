import type { Step } from '../step.ts'
import { leaveAlone, readAndMove } from './firstSteps.ts'

export const consoleSteps: readonly Step[] = [readAndMove, leaveAlone]
