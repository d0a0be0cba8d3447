import type { Assessment, AssessmentDraft } from '../../schemas/casework.ts'
import { newestCasework } from '../../storage/casework.ts'
import type { Person } from '../../vocabulary/person.ts'
import { beginAct, type TriageDeps } from '../acts/begin.ts'
import { visibleReport } from '../acts/openReport.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import { transact } from '../calls/act.ts'
import { requireVersion } from '../calls/preconditions.ts'
import type { Work } from '../envelope/work.ts'
import { personNames } from '../staff/named.ts'
import { read, write } from './casework.ts'

const empty: Required<AssessmentDraft> = {
  threat: '',
  harm: '',
  likelihood: '',
  immediacy: '',
  vulnerability: '',
  reprisalRisk: '',
  gaps: '',
  decision: '',
  rationale: '',
}

/** The assessment of a report: empty at version 0 from the start. */
export function assessments(deps: TriageDeps) {
  const { audit, clock } = deps

  return {
    get: (person: Person, reportId: string): Promise<Assessment> =>
      transact(deps, person, async (act) => {
        await visibleReport(act, reportId)
        const assessment = await readAssessment(act, reportId)
        await audit.record(act, consulted(`report/${reportId}/assessment`))
        return assessment
      }),

    put: (
      person: Person,
      reportId: string,
      ifMatch: string | undefined,
      draft: AssessmentDraft,
    ): Promise<Assessment> =>
      transact(deps, person, async (act) => {
        await beginAct(act, reportId)
        const { version } = await readAssessment(act, reportId)
        requireVersion(ifMatch, version)
        const writing = { kind: 'assessment', id: reportId, version: version + 1, reportId } as const
        await write(act, clock(), writing, draft)
        await audit.record(act, deeds.assessmentChanged(reportId))
        return readAssessment(act, reportId)
      }),
  }
}

async function readAssessment(work: Work, reportId: string): Promise<Assessment> {
  const row = await newestCasework(work.query, reportId, 'assessment', reportId)
  const draft = await read(work, row)
  if (row === undefined || draft === undefined) return { ...empty, version: row?.version ?? 0, author: null }
  const nameOf = await personNames(work.query, [row.author])
  return { ...empty, ...draft, version: row.version, author: nameOf(row.author) }
}
