import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { root } from '../clientTools.ts'
import { command } from '../command.ts'

const executablePath = '/usr/bin/chromium'
/** Without these Chromium looks for hosts of its maker. */
export const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Works in Chromium; says so loudly where there is none and none can be installed. */
export async function inChromium(work: (browser: Browser) => Promise<void>): Promise<void> {
  if (!(await isThere(executablePath, 'chromium'))) return
  const browser = await chromium.launch({ executablePath, args: quiet })
  try {
    await work(browser)
  } finally {
    await browser.close()
  }
}

/** Whether a program is there, after an attempt to install its Debian package. */
export async function isThere(program: string, name: string): Promise<boolean> {
  if (existsSync(program)) return true
  try {
    await command(root, ['apt-get', 'update', '-qq'])
    await command(root, ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', name])
  } catch {}
  if (existsSync(program)) return true
  process.stdout.write(
    `# SKIPPED, AND SO NOT TESTED: there is no ${program}, and apt-get cannot install ${name}\n`,
  )
  return false
}
