import { failover } from '../drills/failover.ts'
import { pointInTime } from '../drills/pointInTime.ts'
import { recovery } from '../drills/recovery.ts'
import { restore } from '../drills/restore.ts'
import { standby } from '../drills/standby.ts'
import { years } from '../drills/years.ts'
import type { Step } from './step.ts'

/** The short forms of the drills that are cheap (docs/drills.md). */
export const drillSteps: readonly Step[] = [restore, pointInTime, recovery, standby, failover, years].map(
  ({ name, run }) => ({
    name: `drill ${name}, in short`,
    async run() {
      await run('short')
    },
  }),
)
