import { randomUUID } from 'node:crypto'
import type { Note } from '../../schemas/casework.ts'
import { countCasework } from '../../storage/casework.ts'
import { refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { beginAct, type TriageDeps } from '../acts/begin.ts'
import { visibleReport } from '../acts/openReport.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import { transact } from '../calls/act.ts'
import { openedPageOf, type Paging } from '../calls/pages.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import { type Unnamed, withNames } from '../staff/named.ts'
import { caseworkPage, read, write } from './casework.ts'

const notesAtMost = 1_000

/** Notes among staff about a report. */
export function notes(deps: TriageDeps) {
  const { audit, clock } = deps

  return {
    add: (person: Person, reportId: string, text: string, storeAnswer: StoreAnswer): Promise<Note> =>
      transact(deps, person, async (act) => {
        await beginAct(act, reportId)
        if ((await countCasework(act.query, reportId, 'note')) >= notesAtMost)
          throw refusal('limit-reached', `A report has at most ${notesAtMost} notes.`)
        const id = randomUUID()
        const at = clock()
        await write(act, at, { kind: 'note', id, version: 1, reportId }, { text })
        const note = { id, author: { id: person.id, name: person.name }, at: at.toISOString(), text }
        await storeAnswer(act.query, note)
        await audit.record(act, deeds.noteAdded(reportId, id))
        return note
      }),

    list: (person: Person, reportId: string, paging: Paging) =>
      transact(deps, person, async (act) => {
        await visibleReport(act, reportId)
        const page = await caseworkPage(act, reportId, 'note', paging)
        const items: Unnamed<Note, 'author'>[] = []
        for (const row of page.rows) {
          const content = await read(act, row)
          if (content === undefined) continue
          items.push({ id: row.id, author: row.author, at: row.writtenAt.toISOString(), text: content.text })
        }
        await audit.record(act, consulted(`report/${reportId}/notes`))
        return openedPageOf(await withNames<Note, 'author'>(act.query, items, ['author']), page)
      }),
  }
}
