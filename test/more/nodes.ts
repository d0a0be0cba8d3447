import { join } from 'node:path'
import { command } from './command.ts'

/** The lines of Node that a client must run under, each by one version. */
const versions = ['20.20.2', '22.23.5', '24.21.0']

const name = `node-${process.platform}-${process.arch}`

/** Installs these versions below `folder`; where each program lies. The packages hold the program itself. */
export async function nodes(folder: string): Promise<string[]> {
  const programs: string[] = []
  for (const version of versions) {
    const prefix = join(folder, `node-${version}`)
    const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
    await command(folder, ['npm', 'install', '--prefix', prefix, ...flags, `${name}@${version}`])
    programs.push(join(prefix, 'node_modules', name, 'bin/node'))
  }
  return programs
}
