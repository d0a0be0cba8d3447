import { readFileSync } from 'node:fs'
import { coreDumpsPossible, harden } from '../../hardening.ts'
import { reasonOf } from '../../start/reason.ts'
import { breach, type Finding, warning } from './finding.ts'

/** Whether this host would write memory to a disk: swap, core dumps, options of Node. */
export const hostOf = (dumpsMemory: () => boolean) => ({
  name: 'host',
  doc: 'docs/operating.md#hosts',
  async look(): Promise<Finding[]> {
    const findings: Finding[] = swapsIn(read('/proc/swaps')).map((area) =>
      warning(
        `swap is on (${area}): memory may be written to a disk`,
        'swapoff, or encrypt it with a key of each start',
      ),
    )
    // What a service does against it at its start is done here too, and may be forbidden.
    try {
      harden(() => undefined)
    } catch (error) {
      findings.push(breach(reasonOf(error), 'start the service without it'))
    }
    if (dumpsMemory()) {
      findings.push(
        breach(
          'a crash could write memory, with reports in the clear, to a disk',
          'ulimit -c 0, and kernel.core_pattern to nothing that is a program',
        ),
      )
    }
    return findings
  },
})

export const host = hostOf(coreDumpsPossible)

/** The areas that are in use. What is compressed in memory never comes to a disk. */
export function swapsIn(table: string): string[] {
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.split(/\s+/)[0] ?? '')
    .filter((area) => area !== '' && !area.startsWith('/dev/zram') && !area.startsWith('/dev/mapper/'))
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
