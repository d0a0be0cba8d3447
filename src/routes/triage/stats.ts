import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { mayDo } from '../../auth/permissions.ts'
import type { Triage } from '../../domain/triage/triage.ts'
import { personOf, whoMay } from '../../plugins/authentication.ts'
import { ref } from '../../schemas/component.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import {
  exampleStatistics,
  Statistics,
  StatisticsQuery,
  type Statistics as StatisticsType,
  WorkQueue,
  type WorkQueue as WorkQueueType,
} from '../../schemas/statistics.ts'
import type { Scope } from '../../scope.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { staffCall, whenReading } from './call.ts'

const path = '/v1/triage/stats'
const publishedOrLive = Type.Unsafe<StatisticsType | WorkQueueType>({
  anyOf: [ref(Statistics), ref(WorkQueue)],
})

/** GET /v1/triage/stats: published counts of ended months; with `live=true` the work queue of this moment. */
export function countReports(app: Scope, { statistics }: Triage): void {
  /** Before anything else is said of the request: who may not see the queue is told just that. */
  async function guardQueue(request: FastifyRequest) {
    const { live } = request.query as { live?: unknown }
    const person = personOf(request)
    if (![live].flat().includes('true') || mayDo(person.role, 'stats.live')) return
    await statistics.recordDenial(person, `${request.method} ${path}?live=true`)
    throw new Fault('forbidden')
  }

  app.get(
    path,
    {
      config: { permission: 'stats.read', partly: ['stats.live'] },
      preValidation: guardQueue,
      schema: {
        ...staffCall(
          'getStatistics',
          'stats.read',
          'Count reports',
          `Ended months only, each counted once and frozen. Counts below 10 are null, others rounded to 5; the category \`other-serious-crime\`, the status \`received\`, the priority \`low\` and the agency \`other\` are never given, so that nothing hidden can be had by subtraction; sums are of what is given (docs/statistics.md). Restricted reports and those with a conflict of interest are not in them. \`live=true\` gives exact numbers of the open reports that the bearer may see. ${whoMay('stats.live').replace('Roles', 'Roles for that')}`,
        ),
        querystring: StatisticsQuery,
        response: {
          200: withExample(publishedOrLive, exampleStatistics),
          ...problems(...whenReading.filter((code) => code !== 'not-found')),
        },
      },
    },
    async (request) => {
      const { live = false, by } = request.query
      return live ? statistics.queue(personOf(request), by) : statistics.published(by)
    },
  )
}
