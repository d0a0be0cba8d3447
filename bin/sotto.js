#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { insistOnNode } from './nodeVersion.js'

insistOnNode()

// npm links this file once and for all, so it must be there, and executable, before the first build and after each.
const program = new URL('../build/src/cli/sotto.js', import.meta.url)

if (existsSync(program)) {
  await import(program.href)
} else {
  process.stderr.write('sotto: not built yet: npm run build\n')
  process.exitCode = 1
}
