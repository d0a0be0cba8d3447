import type { Keyring } from '../../crypto/keyring.ts'
import type { Assessment, AssessmentDraft } from '../../schemas/casework.ts'
import { newestCasework } from '../../storage/casework.ts'
import type { Query } from '../../storage/pool.ts'
import type { Person } from '../../vocabulary/person.ts'
import { beginAct, type TriageDeps } from '../acts/act.ts'
import { visibleReport } from '../acts/openReport.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import { requireVersion } from '../calls/preconditions.ts'
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
export function assessments({ pool, keyring, audit, clock }: TriageDeps) {
  return {
    get: (person: Person, reportId: string): Promise<Assessment> =>
      pool.transaction(async (query) => {
        await visibleReport(query, person, reportId)
        const assessment = await readAssessment(query, keyring, reportId)
        await audit.record(query, person, consulted(`report/${reportId}/assessment`))
        return assessment
      }),

    put: (
      person: Person,
      reportId: string,
      ifMatch: string | undefined,
      draft: AssessmentDraft,
    ): Promise<Assessment> =>
      pool.transaction(async (query) => {
        await beginAct(query, keyring, person, reportId)
        const { version } = await readAssessment(query, keyring, reportId)
        requireVersion(ifMatch, version)
        const writing = { kind: 'assessment', id: reportId, version: version + 1, reportId } as const
        await write(query, keyring, person, clock(), writing, draft)
        await audit.record(query, person, deeds.assessmentChanged(reportId))
        return readAssessment(query, keyring, reportId)
      }),
  }
}

async function readAssessment(query: Query, keyring: Keyring, reportId: string): Promise<Assessment> {
  const row = await newestCasework(query, reportId, 'assessment', reportId)
  const draft = await read(query, keyring, row)
  if (row === undefined || draft === undefined) return { ...empty, version: row?.version ?? 0, author: null }
  const nameOf = await personNames(query, [row.author])
  return { ...empty, ...draft, version: row.version, author: nameOf(row.author) }
}
