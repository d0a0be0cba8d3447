import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { mayDo } from '../../auth/permissions.ts'
import type { EventFeed } from '../../domain/events/feed.ts'
import { bearerToken, personOf } from '../../plugins/authentication.ts'
import { preferredType } from '../../plugins/contentNegotiation.ts'
import { Paging } from '../../schemas/casework.ts'
import { ref } from '../../schemas/component.ts'
import { EventPage, EventStream, StaffEvent } from '../../schemas/events.ts'
import { exampleItem, exampleReportId } from '../../schemas/examples.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import { rule } from '../../schemas/rules.ts'
import type { Scope } from '../../scope.ts'
import type { Person } from '../../vocabulary/person.ts'
import { staffCall, whenReading } from './call.ts'

const permission = 'events.read'
const types = ['text/event-stream', 'application/json']
const event = {
  id: 4711,
  at: '2026-11-25T10:31:07.142Z',
  kind: 'item-approved',
  report: exampleReportId,
  object: exampleItem.id,
}

const LastEvent = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({
      pattern: rule('^[0-9]{1,15}$', 'must be the number of an event'),
      description: 'The last event that was seen: go on after it',
    }),
  ),
})

const OfEvent = Type.Object({
  eventId: Type.String({
    pattern: rule('^[0-9]{1,15}$', 'must be the number of an event'),
    description: 'The event',
  }),
})

export interface EventsDeps {
  feed: EventFeed
  /** Whose token this is now, if it opens anything. */
  identify(token: string): Promise<Person | undefined>
}

/** GET /v1/triage/events: follows what happens, or takes it page by page. */
export function followEvents(app: Scope, { feed, identify }: EventsDeps): void {
  // Open streams would keep the service from closing.
  app.addHook('preClose', () => feed.end())
  app.get(
    '/v1/triage/events',
    {
      config: { permission, produces: types },
      schema: {
        ...staffCall(
          'listEvents',
          permission,
          'Follow what happens',
          'Server-sent events, from now on or after `Last-Event-ID`, with a heartbeat every 15 seconds at which the rights are checked again. With `Accept: application/json` pages from the earliest on. Ids and kinds alone: what staff and partners did, and once on the full hour `something-new` if anything came from reporters. Kept 30 days.',
        ),
        querystring: Paging,
        headers: LastEvent,
        response: {
          200: {
            description: 'What happened',
            content: {
              'text/event-stream': {
                schema: ref(EventStream),
                example: `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`,
              },
              'application/json': {
                schema: ref(EventPage),
                example: { items: [event] },
              },
            },
          },
          ...problems(...whenReading, 'overloaded'),
        },
      },
    },
    async (request, reply) => {
      const person = personOf(request)
      const last = request.headers['last-event-id']
      const after = last === undefined ? undefined : Number(last)
      if (preferredType(request, types) === 'application/json') {
        const page = await feed.page(person, request.query, after)
        return reply.type('application/json').send(page as never)
      }
      reply.type('text/event-stream').header('connection', 'close').header('x-accel-buffering', 'no')
      if (request.method === 'HEAD') return reply.send(Readable.from([]) as never)
      const token = bearerToken(request) ?? ''
      const recheck = async () => {
        const now = await identify(token)
        return now !== undefined && now.id === person.id && mayDo(now.role, permission) ? now : undefined
      }
      return reply.send(feed.open({ person, recheck, after }) as never)
    },
  )
}

/** GET /v1/triage/events/{eventId}: one, such as a webhook told of. */
export function showEvent(app: Scope, { feed }: Pick<EventsDeps, 'feed'>): void {
  app.get(
    '/v1/triage/events/:eventId',
    {
      config: { permission },
      schema: {
        ...staffCall('getEvent', permission, 'One event', 'If its report may be seen now, like the list.'),
        params: OfEvent,
        response: { 200: withExample(ref(StaffEvent), event), ...problems(...whenReading) },
      },
    },
    async (request) => feed.get(personOf(request), Number(request.params.eventId)),
  )
}
