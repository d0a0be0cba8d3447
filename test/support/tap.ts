import async_hooks from 'node:async_hooks'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Tap follows every promise of a process from its making to its end, so that an error that nobody catches is told of the test
 * that began it. That took a fifth of the time of a process that works for thousands of requests. Without it such an error ends
 * the process, which fails all the same, with the error's stack. So before tap is loaded, no hook can be made.
 */
async_hooks.createHook = () => inert
const inert: async_hooks.AsyncHook = { enable: () => inert, disable: () => inert }
syncBuiltinESMExports()

export const { default: tap } = await import('tap')
export type { Test } from 'tap'
