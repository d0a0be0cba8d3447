import { addsAgency, turnsAgencyKey } from './agencyActs.ts'
import * as casework from './caseworkActs.ts'
import { asksToClose, decidesClosure } from './closureActs.ts'
import { decidesMessage, reads, unlocks, writes } from './conversationActs.ts'
import { destroys, keepsImage, quarantines } from './imageActs.ts'
import { arrives, arrivesWhileCut, arrivesWhileKilled, attaches, ends, says } from './reporterActs.ts'
import { type Act, onReport } from './scene.ts'
import { answers, recalls, sends } from './sharingActs.ts'
import { addsImage, answersTriage, shares, takesBack } from './submissionActs.ts'
import {
  keysDestroyed,
  leavesOrReturns,
  longTime,
  night,
  purgeByHand,
  week,
  wrongClock,
} from './worldActs.ts'

/** Each act with how often it comes. */
export const acts: readonly { name: string; weight: number; act: Act }[] = [
  { name: 'a report arrives', weight: 20, act: (scene) => arrives(scene) },
  { name: 'a report arrives while connections are cut', weight: 2, act: arrivesWhileCut },
  { name: 'a report arrives while the service dies', weight: 1, act: arrivesWhileKilled },
  { name: 'the key is turned', weight: 1, act: ({ world }) => world.turnKey() },
  { name: 'old keys are destroyed', weight: 1, act: keysDestroyed },
  { name: 'the boxes are mixed', weight: 2, act: ({ world }) => world.mix() },
  { name: 'a mixing is cut', weight: 2, act: ({ world }) => world.mixWhileCut() },
  { name: 'somebody leaves or returns', weight: 3, act: leavesOrReturns },
  { name: 'a night goes by', weight: 4, act: night },
  { name: 'a week of nights goes by', weight: 2, act: week },
  { name: 'a night by a wrong clock', weight: 1, act: wrongClock },
  { name: 'a long time goes by', weight: 3, act: longTime },
  { name: 'a purge by hand', weight: 2, act: purgeByHand },
  { name: 'somebody searches', weight: 6, act: casework.finds },
  { name: 'somebody changes what is guarded', weight: 60, act: onReport(casework.changes) },
  { name: 'somebody moves it on', weight: 24, act: onReport(casework.movesOn) },
  { name: 'somebody assesses', weight: 8, act: onReport(casework.assesses) },
  { name: 'somebody writes a note', weight: 4, act: onReport(casework.notes) },
  { name: 'somebody writes an item', weight: 6, act: onReport(casework.writesItem) },
  { name: 'somebody approves an item', weight: 8, act: onReport(casework.approvesItem) },
  { name: 'somebody sends an item', weight: 8, act: onReport(sends) },
  { name: 'somebody recalls', weight: 2, act: onReport(recalls) },
  { name: 'an agency is added', weight: 1, act: addsAgency },
  { name: 'the agency gets a key of its own', weight: 2, act: turnsAgencyKey },
  { name: 'the agency answers', weight: 4, act: onReport(answers) },
  { name: 'somebody asks to close some', weight: 5, act: asksToClose },
  { name: 'somebody decides on a closure', weight: 8, act: decidesClosure },
  { name: 'somebody reads messages', weight: 6, act: onReport(reads) },
  { name: 'somebody writes to the reporter', weight: 8, act: onReport(writes) },
  { name: 'somebody decides on a message', weight: 10, act: onReport(decidesMessage) },
  { name: 'somebody unlocks sending', weight: 4, act: onReport(unlocks) },
  { name: 'a reporter says something', weight: 10, act: onReport(says) },
  { name: 'a reporter adds an image', weight: 4, act: onReport(attaches) },
  { name: 'a reporter ends the mailbox', weight: 2, act: onReport(ends) },
  { name: 'somebody shares something in', weight: 6, act: shares },
  { name: 'a professional says something', weight: 5, act: answersTriage },
  { name: 'a professional adds an image', weight: 2, act: addsImage },
  { name: 'a professional takes it back', weight: 2, act: takesBack },
  { name: 'somebody quarantines an image', weight: 4, act: onReport(quarantines) },
  { name: 'somebody wants an image destroyed', weight: 8, act: onReport(destroys) },
  { name: 'somebody keeps an image', weight: 2, act: onReport(keepsImage) },
  { name: 'somebody demands erasure', weight: 5, act: onReport(casework.demandsErasure) },
  { name: 'somebody approves erasure', weight: 5, act: onReport(casework.approvesErasure) },
]
