import { reportOf } from './drill.ts'
import { failover } from './failover.ts'
import { pointInTime } from './pointInTime.ts'
import { pooler } from './pooler.ts'
import { recovery } from './recovery.ts'
import { restore } from './restore.ts'
import { standby } from './standby.ts'
import { surviving } from './surviving.ts'
import { upgrade } from './upgrade.ts'
import { years } from './years.ts'

/** `npm run drill -- NAME [--short]`: does one of these in earnest, and prints a report with figures. */
const drills = [restore, pointInTime, recovery, standby, failover, pooler, upgrade, years, surviving]
const [wanted, ...more] = process.argv.slice(2)
const chosen = drills.filter(({ name }) => name === wanted)
if (chosen.length === 0) {
  process.stderr.write(`npm run drill -- ${drills.map(({ name }) => name).join('|')}\n`)
  process.exit(2)
}
for (const drill of chosen) {
  const figures = await drill.run(more.includes('--short') ? 'short' : 'whole')
  process.stdout.write(figures === undefined ? `drill ${drill.name}: skipped\n` : reportOf(drill, figures))
}
// A drill that failed in part may have left something open.
process.exit(0)
