import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HTTPMethods, RouteOptions } from 'fastify'
import { mayDo, type Permission, permissions } from '../../src/auth/permissions.ts'
import { type StaffRole, staffRoles } from '../../src/vocabulary/roles.ts'
import { asSuperuser } from '../support/cluster.ts'
import { operations } from '../support/openapiDocument.ts'
import { startTestService } from '../support/service.ts'
import { byTwo, callerWith, idOf, reportFor } from '../support/staffApi.ts'
import { notingRoutes, type StaffRoute, staffRoutesIn } from '../support/staffRoutes.ts'
import { t } from '../support/suite.ts'

const { of: service, registered } = await notingRoutes(() => startTestService(t))
const routes = staffRoutesIn(registered)

/** One person of each role, and two partners, whom every route must treat alike. */
const people = await Promise.all(
  [...staffRoles.map((role) => ({ role })), { role: 'partner' as const, agency: 'safeguarding' }].map(
    async ({ role, ...of }) => {
      const agency = 'agency' in of ? of.agency : role === 'partner' ? 'licensing' : null
      return { role, agency, token: await service.token(role, { agency }) }
    },
  ),
)

/** A page for partners: its own form carries who they are. */
const isPage = ({ url }: { url: string }) => !url.startsWith('/v1/')

/** Nothing is there, and nothing is sent: whoever may do it is refused for another reason, or shown nothing. */
function call({ method, url }: StaffRoute, token?: string) {
  if (isPage({ url })) {
    return service.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(token === undefined ? {} : { token }).toString(),
    })
  }
  return service.inject({
    method: method as HTTPMethods,
    url: url.replaceAll(/:\w+/g, () => randomUUID()),
    // JSON where there is a choice, since a stream would not end.
    headers: {
      accept: 'application/json, */*;q=0.1',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
  })
}

t.test("every route of the staff's side is at its door, and no other is", async (t) => {
  // Whoever leaves needs no permission, and reading a partner's page begins with a form that signs in.
  const isStaffs = ({ url, method }: RouteOptions) =>
    /^\/v1\/(triage|partner)\b/.test(url) ||
    (method === 'POST' && url.startsWith('/partner/') && url !== '/partner/sign-out')
  t.ok(routes.length > 10, `${routes.length} routes`)
  t.ok(routes.filter(isPage).length >= 5, 'pages for partners too')
  t.strictSame(
    registered
      .filter((route) => isStaffs(route) !== (route.config?.permission !== undefined))
      .map(({ url }) => url),
    [],
  )
})

t.test('whoever shows nothing, or nothing good, is let in nowhere', async (t) => {
  const good = await service.token('supervisor')
  const bad = [undefined, 'e30.e30.e30', `sotto_${'A'.repeat(43)}`, good.slice(0, -1), good.toUpperCase()]
  for (const route of routes) {
    for (const token of bad) t.equal((await call(route, token)).statusCode, 401, nameOf(route))
  }
})

t.test(
  'every route lets in the roles of the table and no others, and records whom it turned away',
  async (t) => {
    const turnedAway: string[] = []
    const before = (await denials()).length
    for (const route of routes) {
      for (const { role, agency, token } of people) {
        const answer = await call(route, token)
        const what = `${role} ${agency ?? ''} ${nameOf(route)}`
        t.not(answer.statusCode, 401, what)
        t.ok(answer.statusCode < 500, what)
        t.equal(isForbidden(answer), !mayDo(role, route.permission), what)
        if (!mayDo(role, route.permission)) turnedAway.push(`${role} ${nameOf(route)}`)
      }
    }
    t.not(turnedAway.length, 0)
    t.strictSame((await denials()).slice(before), turnedAway)
  },
)

t.test(
  'a report that somebody may not see answers as one that is not there, whatever they ask of it',
  async (t) => {
    const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
    const bea = callerWith(service, await service.token('supervisor', { name: 'Bea' }))
    const hidden = await reportFor(service, sade)
    const named = { restrictedTo: [await idOf(sade), await idOf(bea)] }
    await byTwo([sade, bea], `/v1/triage/reports/${hidden}`, 1, named)
    const unknown = randomUUID()
    const child = randomUUID()
    const examples = new Map(
      operations.map(({ method, path, requestBody }) => {
        const { example, examples = {} } = requestBody?.content?.['application/json'] ?? {}
        const body = example ?? Object.values(examples)[0]?.value
        return [`${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, ':')}`, body]
      }),
    )
    const ofReports = routes.filter(({ url }) => url.startsWith('/v1/triage/reports/:'))
    t.ok(ofReports.length > 30)
    for (const { role, token } of people.filter(({ role }) => mayDo(role, 'reports.list'))) {
      for (const { method, url } of ofReports) {
        const payload = examples.get(`${method} ${url.replaceAll(/:\w+/g, ':')}`)
        const more: Record<string, string> =
          role === 'triager' ? {} : { 'if-match': '"1"', 'audit-reason': 'Fictional' }
        const ask = async (id: string) => {
          const { statusCode, headers, body } = await service.inject({
            method: method as HTTPMethods,
            url: url.replace(/:\w+/, id).replaceAll(/:\w+/g, child),
            headers: { authorization: `Bearer ${token}`, accept: 'application/json, */*;q=0.1', ...more },
            ...(payload === undefined ? {} : { payload: payload as object }),
          })
          const { date: _date, ...told } = headers
          return JSON.stringify({ statusCode, told, body }).replaceAll(id, 'ID')
        }
        const [one, other] = [await ask(hidden), await ask(unknown)]
        if (one !== other) t.fail(`${role}: ${method} ${url}: ${one} and ${other}`)
      }
    }
  },
)

t.test('the contract names the roles of the table, call by call', async (t) => {
  const nameless = (path: string) => path.replaceAll(/:\w+|\{\w+\}/g, '{}')
  for (const route of routes.filter((one) => one.method !== 'HEAD' && !isPage(one))) {
    const { description = '' } =
      operations.find(
        ({ method, path }) => method === route.method.toLowerCase() && nameless(path) === nameless(route.url),
      ) ?? {}
    const named = /^Roles: ([a-z, ]+)\./.exec(description)?.[1]?.split(', ')
    t.strictSame(named, [...permissions[route.permission]], nameOf(route))
  }
})

t.test('every permission of the table is that of a route, or asked for by a rule', async (t) => {
  const used = new Set(registered.flatMap(({ config }) => [config?.permission, ...(config?.partly ?? [])]))
  const others = Object.keys(permissions).filter((permission) => !used.has(permission as Permission))
  const folder = fileURLToPath(new URL('../../../src/domain/', import.meta.url))
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'))
  const rules = (await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))).join()
  t.strictSame(
    others.filter((permission) => !rules.includes(`, '${permission}')`)),
    [],
  )
})

t.test('partners, auditors and admins are let into nothing that holds a report', async (t) => {
  const mayKnow: readonly StaffRole[] = ['triager', 'supervisor']
  const open = routes.filter(({ url }) => url.startsWith('/v1/triage/reports'))
  t.ok(open.length > 5)
  for (const route of open) {
    t.ok(
      permissions[route.permission].every((role) => mayKnow.includes(role)),
      nameOf(route),
    )
  }
})

t.end()

function nameOf({ method, url }: StaffRoute): string {
  return `${method} ${url}`
}

/** A HEAD tells its status alone. */
function isForbidden({ statusCode, body }: { statusCode: number; body: string }): boolean {
  const isHtml = body.startsWith('<')
  return statusCode === 403 && (body === '' || isHtml || JSON.parse(body).code === 'forbidden')
}

function denials(): Promise<string[]> {
  const text = "SELECT role, target FROM audit_records WHERE action = 'denied' ORDER BY seq"
  return asSuperuser(service.databaseUrl, async (client) => {
    const { rows } = await client.query<{ role: string; target: string }>(text)
    return rows.map(({ role, target }) => `${role} ${target}`)
  })
}
