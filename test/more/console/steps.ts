import type { Step } from '../step.ts'
import { leaveAlone, readAndMove } from './firstSteps.ts'
import { fourEyes, toAnOutcome } from './officersDay.ts'

export const consoleSteps: readonly Step[] = [readAndMove, leaveAlone, toAnOutcome, fourEyes]
