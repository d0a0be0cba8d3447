import { accessSync, constants, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compile } from './compile.js'
import { insistOnNode } from './nodeVersion.js'

insistOnNode()

/** What `npm start` does first: it builds, where this user may; where the code is another's, what was built is run. */
const folder = fileURLToPath(new URL('..', import.meta.url))
const built = fileURLToPath(new URL('../build', import.meta.url))

if (mayWrite(existsSync(built) ? built : folder)) {
  process.stdout.write('sotto: building …\n')
  process.exitCode = await compile()
} else if (existsSync(`${built}/src/main.js`)) {
  process.stdout.write('sotto: the code belongs to another user: what was built is run\n')
} else {
  process.stderr.write(
    'sotto: not built yet, and the code belongs to another user: npm run build, as that user\n',
  )
  process.exitCode = 1
}

function mayWrite(path) {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
