import type { Step } from '../step.ts'
import { leaveAlone, readAndMove } from './firstSteps.ts'
import { signInAtIssuer } from './login.ts'
import { fourEyes, toAnOutcome } from './officersDay.ts'
import { adminsDay, providersDay } from './othersDays.ts'
import { scanProfile } from './profile.ts'
import { supervisorsDay } from './supervisorsDay.ts'
import { tenThousand } from './tenThousand.ts'
import { byKeyboard, loseTheService, loseTheToken } from './troubles.ts'
import { meetWcag } from './visits.ts'

export const consoleSteps: readonly Step[] = [
  readAndMove,
  leaveAlone,
  toAnOutcome,
  fourEyes,
  supervisorsDay,
  providersDay,
  adminsDay,
  loseTheService,
  loseTheToken,
  byKeyboard,
  tenThousand,
  signInAtIssuer,
  scanProfile,
  meetWcag,
]
