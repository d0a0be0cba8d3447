import { Type } from 'typebox'
import type { ReportLinks } from '../../domain/links/links.ts'
import type { WatchList as WatchedThings } from '../../domain/links/watchList.ts'
import { personOf } from '../../plugins/authentication.ts'
import { Paging } from '../../schemas/casework.ts'
import { ref } from '../../schemas/component.ts'
import { exampleLink, exampleWatchedItem } from '../../schemas/examples.ts'
import { IfMatchHeaders, VersionHeaders } from '../../schemas/headers.ts'
import { Link, LinkDecision, LinkList, WatchList } from '../../schemas/links.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import { id } from '../../schemas/text.ts'
import type { Scope } from '../../scope.ts'
import { versioned } from './assessment.ts'
import { OfReport, staffCall, whenConditional, whenReading, whenWriting } from './call.ts'

const list = '/v1/triage/reports/:id/links'
const OfLink = Type.Object({ id: id('The report'), linkId: id('The link') })

/** GET …/links and PUT …/links/{linkId}: what other reports name too, and what a person decides about it. */
export function decideLinks(app: Scope, links: ReportLinks): void {
  app.get(
    list,
    {
      config: { permission: 'links.read' },
      schema: {
        ...staffCall(
          'listLinks',
          'links.read',
          'Links to other reports',
          'Of a report that you may not see you learn at most that another agency holds an interest, once a supervisor has confirmed the link.',
        ),
        params: OfReport,
        response: { 200: withExample(ref(LinkList), { items: [exampleLink] }), ...problems(...whenReading) },
      },
    },
    async (request) => ({ items: await links.list(personOf(request), request.params.id) }),
  )
  app.put(
    `${list}/:linkId`,
    {
      config: { permission: 'links.decide' },
      schema: {
        ...staffCall('decideLink', 'links.decide', 'Confirm or reject a link', 'Reports are never merged.'),
        params: OfLink,
        headers: IfMatchHeaders,
        body: withExample(ref(LinkDecision), { decision: 'confirmed', independence: 'likely' }),
        response: {
          200: withExample(withHeaders(ref(Link), VersionHeaders), {
            ...exampleLink,
            status: 'confirmed',
            version: 2,
          }),
          ...problems(...whenWriting, ...whenConditional),
        },
      },
    },
    async (request, reply) => {
      const { id: reportId, linkId } = request.params
      const ifMatch = request.headers['if-match']
      return versioned(reply, await links.decide(personOf(request), reportId, linkId, ifMatch, request.body))
    },
  )
}

/** GET /v1/triage/watchlist: things that independent reports name. */
export function readWatchList(app: Scope, watched: WatchedThings): void {
  app.get(
    '/v1/triage/watchlist',
    {
      config: { permission: 'watchlist.read' },
      schema: {
        ...staffCall(
          'listWatchlist',
          'watchlist.read',
          'Things named by independent reports',
          'Premises, vehicles, handles and phones. Never grounds for action by itself.',
        ),
        querystring: Paging,
        response: {
          200: withExample(ref(WatchList), { items: [exampleWatchedItem] }),
          ...problems(...whenReading),
        },
      },
    },
    async (request) => watched.list(personOf(request), request.query),
  )
}
