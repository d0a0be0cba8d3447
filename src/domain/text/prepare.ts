import { books as tasking } from './lint/lint.ts'
import { books as signals } from './lint/signals.ts'
import { books as warnings } from './warnings/find.ts'

/**
 * Compiles what texts are read by, once the service is there: that takes some tenths of a second, which neither a start nor a
 * command line need wait for, nor the first who writes.
 */
export function prepareTexts({ ofReports, ofMessages }: { ofReports: boolean; ofMessages: boolean }): void {
  const books = [...(ofReports ? [warnings] : []), ...(ofMessages ? [signals, tasking] : [])]
  // One in a turn of the event loop.
  for (const compile of books) setImmediate(compile)
}
