import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect, mailbox, newKey, report, triage } from '../../client/src/index.ts'
import { plain } from '../images/fixtures.ts'
import { flakyProxy } from '../support/flakyProxy.ts'
import { inBrowser } from './browser.ts'
import { clientTool, root } from './clientTools.ts'
import { command } from './command.ts'
import { installedClient } from './installedClient.ts'
import { withService } from './runningService.ts'
import type { Step } from './step.ts'

const draft = { category: 'property-misuse' as const, narrative: 'Around twelve people live in one house.' }

export const runPage: Step = {
  name: "front ends' page: sends one report over a network that loses answers, under its policy, and stores nothing",
  run: () =>
    withService(
      async ({ base, tokens }) => {
        const proxy = await flakyProxy(ending, base)
        const { supervisor = '' } = await tokens()
        const shown = await inBrowser(await pageFiles(proxy.base), async (tab) => {
          await tab.choose('#category', draft.category)
          await tab.fill('#narrative', 'I am the caretaker, and twelve people live in one house.')
          await tab.click('#check')
          assert.match(await tab.shown('#warnings p'), /caretaker/)
          await tab.fill('#narrative', draft.narrative)
          proxy.next('answer-lost', 'refused', 'answer-lost', 'answer-cut')
          await tab.click('#send')
          await tab.fill('#typed', (await tab.shown('#receipt')).toLowerCase().replaceAll('-', ' – '))
          await tab.click('#open')
          assert.equal(await tab.shown('#messages p'), 'Status: received')
          for (const [typed, told] of [
            ['ABC', /28 letters and numbers/],
            ['0000-0000-0000-0000-0000-0000-0001', /wrong way round/],
            ['0000-0000-0000-0000-0000-0000-0000', /^No mailbox opens/],
          ] as const) {
            await tab.fill('#typed', typed)
            await tab.click('#open')
            assert.match(await tab.shown('#mailbox-problem'), told)
          }
          assert.deepEqual(
            tab.complaints().filter((line) => !/Failed to load resource|CORS policy|net::/.test(line)),
            [],
          )
          return tab.run(
            'indexedDB.databases().then((all) => [localStorage.length, sessionStorage.length, all.length, document.cookie])',
          )
        }).finally(ended)
        if (shown === undefined) return
        assert.deepEqual(shown, [0, 0, 0, ''])
        assert.equal((await idsSeen(base, supervisor)).length, 1, 'one report')
      },
      { CHALLENGE: 'always', CORS_ORIGINS: '*' },
    ),
}

export const showMisplaced: Step = {
  name: "front ends' page: where it is not set up to reach the service it says so, and not that there is no connection",
  run: () =>
    withService(async ({ base }) => {
      const files = await pageFiles(base)
      const elsewhere = {
        ...files,
        'index.html': String(files['index.html']).replaceAll(`connect-src ${base}`, "connect-src 'self'"),
      }
      for (const [what, served] of [
        ['CORS_ORIGINS does not list it', files],
        ['its policy does not name the service', elsewhere],
      ] as const) {
        const told = await inBrowser(served, (tab) => tab.shown('#problem'))
        if (told !== undefined) assert.match(told, /^This page is not set up to reach the service/, what)
      }
    }),
}

export const runGuide: Step = {
  name: "front ends' guide: its lines for a reply and a photo do what they say, as they stand",
  run: () =>
    withService(async ({ base }) => {
      const guide = await readFile(join(root, 'docs/front-ends.md'), 'utf8')
      const lines = /^```js\n(const authorization = .*?)^```$/ms.exec(guide)?.[1] ?? ''
      const { receipt } = await report(connect(base), draft)
      const given = {
        service: base,
        receipt,
        newKey,
        reply: 'The mattresses went out on Tuesday.',
        photo: await plain(40, 30).jpeg().toBuffer(),
      }
      const source = `export const run = async ({ ${Object.keys(given)} }) => { ${lines}; return [replied, added] }`
      const { run } = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
        run(values: typeof given): Promise<Response[]>
      }
      const answers = await run(given)
      assert.deepEqual(
        answers.map(({ status }) => status),
        [201, 201],
      )
      const { messages, attachments } = await mailbox(connect(base), receipt).read()
      assert.deepEqual([messages.at(-1)?.text, attachments.length], [given.reply, 1])
    }),
}

export const runExamples: Step = {
  name: "integrators' examples: a life, an import that follows, an export, and a webhook that rings for an import",
  async run() {
    const folder = await installedClient()
    const port = 20_000 + Math.floor(Math.random() * 20_000)
    await withService(
      async ({ base, tokens }) => {
        const { supervisor = '', admin = '' } = await tokens()
        const environment = { SOTTO_URL: base, SOTTO_TOKEN: supervisor }
        const run = (name: string, ...words: string[]) => example(folder, name, words, environment)

        assert.match(await run('front-end.js'), /Write this down.*\n[\s\S]*Contact has ended/)
        const sotto = connect(base)
        await report(sotto, draft)
        assert.equal(await run('import.js', 'copy'), '{"written":2,"removed":0}\n')
        assert.equal(await run('import.js', 'copy'), '{"written":0,"removed":0}\n')

        const staff = triage(sotto, supervisor)
        const [id = ''] = await idsSeen(base, supervisor)
        const path = { id }
        const { etag = '' } = await staff.get('/v1/triage/reports/{id}', { path })
        const body = { status: 'screening' as const }
        await staff.patch('/v1/triage/reports/{id}', { path, ifMatch: etag, body })
        await report(sotto, draft)
        assert.equal(await run('import.js', 'copy'), '{"written":2,"removed":0}\n', 'one changed, one new')
        assert.equal((await copyOf(folder, id)).status, 'screening')

        const following = spawn(process.execPath, ['node_modules/sotto-client/examples/follow.js', '0'], {
          cwd: folder,
          env: { ...process.env, ...environment },
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        const events = following.stdout.setEncoding('utf8')[Symbol.asyncIterator]()
        assert.match((await events.next()).value, new RegExp(`^\\d+ report-\\S+ ${id}\\n`))
        const ended = once(following, 'exit')
        following.kill('SIGTERM')
        assert.deepEqual(await ended, [0, null], 'following ends when it is told to')

        assert.match(await run('export.js', 'all.ndjson'), /^3 reports in all.ndjson/)
        assert.equal((await readFile(join(folder, 'all.ndjson'), 'utf8')).trim().split('\n').length, 3)

        const hook = {
          url: `http://127.0.0.1:${port}/`,
          kinds: ['report-changed' as const],
        }
        const made = await triage(sotto, admin).post('/v1/triage/webhooks', { body: hook })
        const receiver = spawn(process.execPath, ['node_modules/sotto-client/examples/webhooks.js', 'copy'], {
          cwd: folder,
          env: { ...process.env, ...environment, WEBHOOK_SECRET: made.body.secret, PORT: `${port}` },
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        try {
          const lines = receiver.stdout.setEncoding('utf8')[Symbol.asyncIterator]()
          assert.match((await lines.next()).value, /^listening/)
          await triage(sotto, admin).post('/v1/triage/webhooks/{webhookId}/test', {
            path: { webhookId: made.body.id },
          })
          assert.match((await lines.next()).value, /^a ping came/)
          const now = await staff.get('/v1/triage/reports/{id}', { path })
          const change = { path, ifMatch: now.etag ?? '', body: { priority: 'high' as const } }
          await staff.patch('/v1/triage/reports/{id}', change)
          assert.equal((await lines.next()).value, '{"written":1,"removed":0}\n', 'it rang')
          assert.equal((await copyOf(folder, id)).priority, 'high')
        } finally {
          receiver.kill()
        }
      },
      { WEBHOOK_ALLOW: `127.0.0.1:${port}` },
    )
  },
}

async function idsSeen(base: string, token: string): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of triage(connect(base), token).each('/v1/triage/reports')) ids.push(id)
  return ids
}

function example(folder: string, name: string, words: string[], environment: Record<string, string>) {
  const file = `node_modules/sotto-client/examples/${name}`
  return command(folder, [process.execPath, file, ...words], environment)
}

async function copyOf(folder: string, id: string): Promise<{ status: string; priority: string }> {
  const names = await readdir(join(folder, 'copy'))
  assert.ok(names.includes(`report-${id}.json`))
  return JSON.parse(await readFile(join(folder, 'copy', `report-${id}.json`), 'utf8'))
}

/** The page as the guide tells to lay it out, with the address of the service in it. */
async function pageFiles(base: string): Promise<Record<string, string | Buffer>> {
  await clientTool(['npx', 'tsc', '--version'])
  const page = (name: string) => readFile(join(root, 'docs/examples', name), 'utf8')
  const widget = (name: string) => readFile(join(root, 'test/clients/node_modules/altcha/dist', name))
  return {
    'index.html': (await page('report.html')).replaceAll('http://127.0.0.1:8080', base),
    'report.js': await page('report.js'),
    'report.css': await page('report.css'),
    'altcha.js': await widget('external/altcha.min.js'),
    'altcha.css': await widget('external/altcha.css'),
    'pbkdf2.js': await widget('workers/pbkdf2.js'),
  }
}

const endings: (() => Promise<void>)[] = []
const ending = { after: (end: () => Promise<void>) => void endings.push(end) }
async function ended(): Promise<void> {
  for (const end of endings.splice(0)) await end()
}
