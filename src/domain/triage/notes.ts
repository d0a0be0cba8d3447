import { randomUUID } from 'node:crypto'
import type { Note } from '../../schemas/casework.ts'
import { countCasework } from '../../storage/casework.ts'
import { refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { beginAct, type TriageDeps } from '../acts/act.ts'
import { visibleReport } from '../acts/openReport.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import type { Keep } from '../calls/keep.ts'
import { type Paging, pageOf } from '../calls/pages.ts'
import { type Unnamed, withNames } from '../staff/named.ts'
import { caseworkPage, read, write } from './casework.ts'

const notesAtMost = 1_000

/** Notes among staff about a report. */
export function notes({ pool, keyring, audit, clock }: TriageDeps) {
  return {
    add: (person: Person, reportId: string, text: string, keep: Keep): Promise<Note> =>
      pool.transaction(async (query) => {
        await beginAct(query, keyring, person, reportId)
        if ((await countCasework(query, reportId, 'note')) >= notesAtMost)
          throw refusal('full', `A report has at most ${notesAtMost} notes.`)
        const id = randomUUID()
        const at = clock()
        await write(query, keyring, person, at, { kind: 'note', id, version: 1, reportId }, { text })
        const note = { id, author: { id: person.id, name: person.name }, at: at.toISOString(), text }
        await keep(query, note)
        await audit.record(query, person, deeds.noteAdded(reportId, id))
        return note
      }),

    list: (person: Person, reportId: string, paging: Paging) =>
      pool.transaction(async (query) => {
        await visibleReport(query, person, reportId)
        const page = await caseworkPage(query, keyring, reportId, 'note', paging)
        const items: Unnamed<Note, 'author'>[] = []
        for (const row of page.rows) {
          const content = await read(query, keyring, row)
          if (content === undefined) continue
          items.push({ id: row.id, author: row.author, at: row.writtenAt.toISOString(), text: content.text })
        }
        await audit.record(query, person, consulted(`report/${reportId}/notes`))
        return pageOf(await withNames<Note, 'author'>(query, items, ['author']), page)
      }),
  }
}
