import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

/** What is asked of every state of every page. Expressions run in the page, which knows nothing of this program. */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }"

/** WCAG 2.2 AA, as far as a program can tell. */
export async function meetsWcag(state: string, page: Page): Promise<void> {
  await page.evaluate(axe)
  const found: unknown = await page.evaluate(
    `axe.run(${rules}).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`,
  )
  assert.deepEqual(found, [], state)
}

/** Nothing has to be scrolled sideways, and nothing is cut off. */
export async function fitsAcross(state: string, page: Page): Promise<void> {
  const wide: unknown = await page.evaluate(
    `[document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ...[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(one).position !== 'absolute' && one.checkVisibility()).map((one) => one.outerHTML.slice(0, 120))]`,
  )
  assert.deepEqual(wide, [0], state)
}

/** What a screen reader is given: one main heading, landmarks in order, names on all that can be used. */
export async function readsInOrder(state: string, page: Page): Promise<void> {
  const tree = await page.locator('body').ariaSnapshot()
  assert.equal(tree.match(/heading .*\[level=1\]/g)?.length, 1, `${state}: one main heading`)
  const order = ['banner', 'main', 'contentinfo'].map((part) => tree.search(new RegExp(`^ *- ${part}`, 'm')))
  assert.deepEqual(
    order,
    order.toSorted((a, b) => a - b),
    state,
  )
  assert.ok(!order.includes(-1), state)
  assert.doesNotMatch(tree, /- (textbox|button|radio|checkbox|link)(:|$| \[)/m, `${state}: all have names`)
  // The first thing that is met leads past the top; the next ones lead away.
  assert.match(tree, /^- link /, state)
}
