import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  connectionFacts,
  databasesOpenToIntake,
  strangers,
  temporaryFilesOfIntake,
} from '../../storage/examination.ts'
import { describeRights } from '../../storage/loginRights.ts'
import { breach, type Examination, type Finding, warning } from './finding.ts'

/** The page that a test holds to the catalog: what each login may, right by right. */
const page = fileURLToPath(new URL('../../../../docs/database-logins.md', import.meta.url))

/** What the database's roles may, against what they should; who else may become them; as whom this host comes in. */
export const logins: Examination = {
  name: 'logins',
  doc: 'docs/database-logins.md',
  async look({ pool, config, embedded }) {
    const { query } = pool
    const rights = rightsIn(await describeRights(query))
    const wanted = rightsIn(await readFile(page, 'utf8'))
    const findings: Finding[] = [
      ...rights
        .filter((right) => !wanted.includes(right))
        .map((right) => breach(`a right too many, or another: ${right}`, remedyForRights)),
      ...wanted
        .filter((right) => !rights.includes(right))
        .map((right) => breach(`a right is lacking, or another: ${right}`, remedyForRights)),
    ]
    for (const { member, role } of await strangers(query)) {
      findings.push(breach(`${member} may become ${role}`, `REVOKE ${role} FROM ${member}`))
    }
    if ((await temporaryFilesOfIntake(query)) === '-1') {
      findings.push(
        breach(
          'temp_file_limit is -1 for sotto_intake: a query of its own may fill the disk, and then nothing is taken',
          `a superuser runs ALTER ROLE sotto_intake SET temp_file_limit = '256MB'`,
        ),
      )
    }
    const facts = await connectionFacts(query)
    if (embedded || facts === undefined) return findings
    for (const { name } of await databasesOpenToIntake(query)) {
      findings.push(
        warning(
          `sotto_intake may connect to the database ${name}, and from there take up the server's locks`,
          `REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC, and GRANT it to those who need it`,
        ),
      )
    }
    if (facts.isSuperuser)
      findings.push(
        breach(`the service logs in as ${facts.login}, a superuser`, 'give each side its own login'),
      )
    else if (facts.login !== pool.role) {
      findings.push(
        breach(`the service logs in as ${facts.login}, not as ${pool.role}`, 'give each side its own login'),
      )
    }
    if (config.role === 'all') {
      findings.push(
        warning(
          'ROLE=all: public side and staff side are one process',
          'run ROLE=intake and ROLE=triage on two hosts',
        ),
      )
    }
    return findings
  },
}

const remedyForRights =
  'GRANT or REVOKE so that docs/database-logins.md holds; if unsure, find out who changed it'

/** Each right in a line of its own, with the role that has it. */
function rightsIn(markdown: string): string[] {
  let role = ''
  return markdown.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) role = line.slice(3)
    const [, name, may] = /^\| `(.+)` \| (.+) \|$/.exec(line) ?? []
    return role.startsWith('sotto_') && name !== undefined ? [`${role}: ${name}: ${may}`] : []
  })
}
