import { type Browser, chromium } from 'playwright-core'
import { hasPrograms } from '../packages.ts'

export const executablePath = '/usr/bin/chromium'
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
  if (!(await hasPrograms({ chromium: executablePath }))) return
  const browser = await chromium.launch({ executablePath, args: quiet })
  try {
    await work(browser)
  } finally {
    await browser.close()
  }
}
