import { parentPort } from 'node:worker_threads'
import { newMailboxKeys } from '../../crypto/newMailboxKeys.ts'
import { packedBytes, packReceipt } from './packedReceipts.ts'

/*
 * A worker thread: makes receipts with their keys, as many as it is asked for. What it has made goes over to the service's
 * own thread; it keeps none.
 */

parentPort?.on('message', (count: number) => {
  const made = Buffer.from(new ArrayBuffer(count * packedBytes))
  for (let at = 0; at < made.length; at += packedBytes) packReceipt(made, at, newMailboxKeys())
  parentPort?.postMessage(made.buffer, [made.buffer as ArrayBuffer])
})
