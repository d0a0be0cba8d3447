#!/usr/bin/env node
import { runCommandLine } from './commandLine.ts'

// Whoever reads our output may stop reading, as in `sotto openapi | head`.
process.stdout.on('error', () => process.exit(1))

const { code, stdout, stderr } = await runCommandLine(process.argv.slice(2))
process.stdout.write(stdout)
process.stderr.write(stderr)
process.exitCode = code
