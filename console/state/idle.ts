import { signal } from '@preact/signals'
import { me, signOut } from './session.ts'

const minute = 60_000
/** Without a key or a pointer for so long, whoever was here has gone. */
const idleAfter = 15 * minute
const warnBefore = minute
const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const

/** Whether the session ends within the minute. */
export const isEndingSoon = signal(false)

let last = Date.now()

export function stay(): void {
  last = Date.now()
  isEndingSoon.value = false
}

/** Signs out whoever has gone. A look at the clock, since a timer sleeps with the machine. */
export function watchIdle(): void {
  for (const sign of signs)
    addEventListener(sign, () => (isEndingSoon.value ? undefined : stay()), { passive: true })
  document.addEventListener('visibilitychange', look)
  setInterval(look, 1_000)
}

function look(): void {
  if (me.value === undefined) {
    stay()
    return
  }
  const idle = Date.now() - last
  if (idle >= idleAfter) {
    isEndingSoon.value = false
    signOut('idle')
  } else isEndingSoon.value = idle >= idleAfter - warnBefore
}
