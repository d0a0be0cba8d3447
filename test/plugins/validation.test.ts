import { judgeBy } from '../../src/pages/fields/judge.ts'
import { compilerOfBodies, takeFindings } from '../../src/plugins/validation.ts'
import { ReportDraft } from '../../src/schemas/report.ts'
import { t } from '../support/suite.ts'

t.test('a check holds on to nothing of a body that it refused', async (t) => {
  const refused = { narrative: 'A fictional canary' }
  const judged = judgeBy(ReportDraft)(refused)
  t.ok('broken' in judged && judged.broken.length > 0)
  const check = compilerOfBodies().compile(ReportDraft)
  t.equal(check.errors ?? null, null, 'one check for all who judge by it')
  t.notOk(check(refused))
  t.ok(takeFindings(check).some(({ data }) => data === refused))
  t.equal(check.errors, null)
})

t.end()
