import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { sampleReport } from '../../support/reports.ts'
import { root } from '../clientTools.ts'
import { command } from '../command.ts'
import { hasPrograms } from '../packages.ts'
import { skipped } from '../skipped.ts'
import type { Step } from '../step.ts'

const section = '### Step by step, on Debian'
const needed = {
  postgresql: '/usr/bin/psql',
  'postgresql-common': '/usr/bin/pg_ctlcluster',
  nginx: '/usr/sbin/nginx',
  openssl: '/usr/bin/openssl',
  curl: '/usr/bin/curl',
  'util-linux': '/usr/bin/unshare',
  iproute2: '/usr/sbin/ip',
}

export const runOperatingPage: Step = {
  name: 'operating page: its commands, read out of it and run in order, make the two-sided deployment behind a proxy',
  async run() {
    if (process.getuid?.() !== 0) {
      return skipped('only root can make a deployment')
    }
    if (!(await hasPrograms(needed))) return
    const folder = await mkdtemp(join(tmpdir(), 'sotto-operating-'))
    try {
      if (!(await canSetApart(folder))) {
        return skipped('no namespaces or no overlays here, and this machine is to stay as it is')
      }
      await deploy(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** A network, processes and folders of its own: ports and paths are those of the page, and all of it is gone afterwards. */
const apart = 'unshare --mount --net --pid --fork --mount-proc --kill-child bash -euo pipefail'.split(' ')
const setApart = (folder: string) => `
ip link set lo up
mount -t tmpfs none ${folder}/memory
for each in etc var opt run; do
  mkdir ${folder}/memory/$each ${folder}/memory/$each.work
  mount -t overlay overlay -o lowerdir=/$each,upperdir=${folder}/memory/$each,workdir=${folder}/memory/$each.work /$each
done`

async function canSetApart(folder: string): Promise<boolean> {
  await mkdir(join(folder, 'memory'))
  return command(root, [...apart, '-c', setApart(folder)]).then(
    () => true,
    () => false,
  )
}

async function deploy(folder: string): Promise<void> {
  const blocks = blocksOf(await readFile(join(root, 'docs/operating.md'), 'utf8'))
  assert.ok(blocks.length >= 9, `${blocks.length} blocks`)
  const programs = join(folder, 'programs')
  await mkdir(programs)
  for (const [name, text] of Object.entries(standIns))
    await writeFile(join(programs, name), `#!/bin/bash -e\n${text}\n`, { mode: 0o755 })
  await writeFile(join(folder, 'report.json'), JSON.stringify(sampleReport()))
  const script = [setApart(folder), before(folder, programs), ...blocks, after(folder)].join('\n')
  await writeFile(join(folder, 'script'), script)
  await command('/', [...apart, join(folder, 'script')])
  await holds(folder)
}

/** The commands of the section, block by block. */
function blocksOf(page: string): string[] {
  const from = page.indexOf(section)
  assert.notEqual(from, -1, section)
  const [text = ''] = page.slice(from + section.length).split(/^#{2,3} /m)
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block)
}

/** For what this machine has already, and for what it has not. */
const standIns: Readonly<Record<string, string>> = {
  'apt-get': '[ "$1 $2" = "install -y" ]',
  git: '[ "$1 $3" = "clone /opt/sotto" ]',
  npm: '[ "$*" = ci ] || [ "$*" = "run build" ]',
  systemctl: `exec ${process.execPath} ${root}build/test/more/operating/systemctl.js "$@"`,
}

/** As a fresh Debian has it after the packages; and what the page's commands say is kept. */
const before = (folder: string, programs: string) => `
export PATH=${programs}:${dirname(process.execPath)}:$PATH
mkdir -p /opt/sotto && mount --bind ${root} /opt/sotto
rm -rf /etc/postgresql/* /var/lib/postgresql/*
pg_createcluster "$(ls /usr/lib/postgresql | sort -n | tail -n 1)" main
node() {
  case "$*" in
    *" doctor") command node "$@" --json > "${folder}/doctor-$ROLE.json" || true ;;
    *"staff add "*) command node "$@" | tee ${folder}/token ;;
    *) command node "$@" ;;
  esac
}`

/** A reporter through the proxy, and whoever reads the report. */
const after = (folder: string) => `
ask() {
  curl --silent --show-error --fail --cacert /etc/sotto/tls/fullchain.pem \
    --resolve report.example.org:443:127.0.0.1 --resolve triage.example.org:8443:127.0.0.1 "$@"
}
ask https://report.example.org/ > ${folder}/start.html
ask -H 'content-type: application/json' -d @${folder}/report.json https://report.example.org/v1/reports > ${folder}/accepted.json
ask -H "authorization: Bearer $(cat ${folder}/token)" https://triage.example.org:8443/v1/triage/reports > ${folder}/list.json
find /etc/sotto -type f -perm /077 ! -name fullchain.pem > ${folder}/open`

interface Told {
  findings: { check: string; level: string; found: string }[]
}

async function holds(folder: string): Promise<void> {
  const said = (name: string) => readFile(join(folder, name), 'utf8')
  assert.match(await said('start.html'), /^<!DOCTYPE html>/)
  assert.match(await said('accepted.json'), /"receipt":/)
  const { items }: { items: object[] } = JSON.parse(await said('list.json'))
  assert.equal(items.length, 1, 'the report can be read')
  assert.equal(await said('open'), '', 'nothing in /etc/sotto is for others')
  for (const role of ['triage', 'intake']) {
    const { findings }: Told = JSON.parse(await said(`doctor-${role}.json`))
    const breaches = findings.filter(({ level, check }) => level === 'breach' && check !== 'host')
    assert.deepEqual(breaches, [], `${role}, but for what this machine itself lacks`)
    const warned = new Set(findings.map(({ check }) => check))
    for (const check of warned)
      assert.ok(['host', 'standby', 'keyring', 'clocks'].includes(check), `${role}: ${check}`)
  }
}
