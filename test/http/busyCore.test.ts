import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { memoryFolder } from '../support/memoryFolder.ts'
import { sampleReport } from '../support/reports.ts'
import { rounds } from '../support/rounds.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'
import { t } from '../support/suite.ts'

const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0
const burners = rounds(6, 16)
const clients = 32

t.setTimeout(300_000)
t.test(
  'on a core that is busy with something else, 32 who report at once are all served',
  { skip: canPin ? false : 'taskset is not here' },
  async (t) => {
    const dataDir = mkdtempSync(join(memoryFolder, 'sotto-busy-'))
    const service = await startServiceProcess(dataDir)
    t.after(async () => {
      await service.end('SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    })
    // All threads of it: those of libuv and of V8 too.
    spawnSync('taskset', ['-a', '-cp', '0', String(service.pid)])
    const burning = Array.from({ length: burners }, () =>
      spawn('taskset', ['-c', '0', 'sh', '-c', 'while :; do :; done'], { stdio: 'ignore' }),
    )
    try {
      const send = async () => {
        const response = await fetch(`${service.base}/v1/reports`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(sampleReport()),
        })
        return `${response.status} ${((await response.json()) as { code?: string }).code ?? ''}`.trim()
      }
      const answers = []
      for (let round = 0; round < 2; round++) {
        answers.push(...(await Promise.all(Array.from({ length: clients }, send))))
      }
      t.same([...new Set(answers)], ['201'])
    } finally {
      for (const one of burning) one.kill('SIGKILL')
    }
  },
)

t.end()
