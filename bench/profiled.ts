import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { serve } from '../src/start/serve.ts'

/*
 * The service with a CPU profile of all that it does once it listens, written to the file PROFILE names when it ends.
 * (It refuses --cpu-prof, which could be left on by mistake.)
 */

const file = process.env.PROFILE
if (file === undefined) throw new Error('PROFILE names no file')

await serve()
const session = new Session()
session.connect()
session.post('Profiler.enable')
session.post('Profiler.start')
process.on('exit', () => {
  session.post('Profiler.stop', (_error, { profile }) => writeFileSync(file, JSON.stringify(profile)))
})
