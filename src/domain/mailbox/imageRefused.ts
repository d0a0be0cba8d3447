import type { Refusal } from '../../images/reencodeImage.ts'
import { Fault } from '../../vocabulary/faults.ts'

/** What a reporter is told of an image that is not taken: each cause has its own code and its own way out. */
const words: Record<Exclude<Refusal, 'busy'>, string> = {
  'no-such-format': 'must be a JPEG, a PNG or a WebP: save or export it as one of these',
  damaged: 'must be whole: it cannot be read to its end. Send it again, or take a screenshot of it',
  'too-many-pixels': 'must have at most 64 megapixels: make it smaller',
  'too-slow': 'must be one that can be read quickly: make it smaller, or take a screenshot of it',
}

export function imageRefused(reason: Refusal): Fault {
  if (reason === 'busy') return new Fault('overloaded')
  return new Fault('image-unreadable', [{ pointer: '', code: reason, message: words[reason] }])
}
