import { runCommandLine } from '../../src/cli/commandLine.ts'
import type { Errand, Ran } from './run.ts'

/** Runs the command lines that its parent sends, each with its own settings and no others, and sends back what came. */
const path = process.env.PATH

process.on('message', (errand: Errand) => {
  void obey(errand).then((ran) => process.send?.(ran))
})
process.on('disconnect', () => process.exit(0))

async function obey({ words, settings }: Errand): Promise<Ran> {
  process.env = { PATH: path, ...settings }
  const written: string[] = []
  const usual = process.stderr.write
  process.stderr.write = (text: string | Uint8Array) => written.push(text.toString()) > 0
  try {
    const { code, stdout, stderr } = await runCommandLine(words)
    return { code, stdout, stderr: written.join('') + stderr }
  } finally {
    process.stderr.write = usual
  }
}
