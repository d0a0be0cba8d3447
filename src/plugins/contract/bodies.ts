import { type Contract, mediaOf, operationsOf } from './document.ts'

/** Types whose bodies are text. */
const isText = /^text\/|[/+](x-nd)?json$/

/** Says of bodies that are no text that they are bytes, in the way that generators know. */
export function markBinary(document: Contract): void {
  for (const operation of operationsOf(document)) {
    for (const [type, media] of mediaOf(operation)) {
      if (!isText.test(type)) media.schema = { ...media.schema, type: 'string', format: 'binary' }
    }
  }
}
