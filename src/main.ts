import { plainLine } from './plainText.ts'
import { reasonOf } from './start/reason.ts'
import { serve } from './start/serve.ts'

try {
  await serve()
} catch (error) {
  process.stderr.write(`sotto: ${plainLine(reasonOf(error))}\n`)
  process.exit(1)
}
