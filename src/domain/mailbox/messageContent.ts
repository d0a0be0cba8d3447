import { SealedMessage } from '../../schemas/sealed.ts'
import { contentParser } from '../envelope/content.ts'

/** What a message of either side was sealed as; undefined where it is no message. */
export const parseMessage = contentParser(SealedMessage)
