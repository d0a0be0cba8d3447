import { Button } from '../../parts/button.tsx'
import { TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Card, Nothing, Shown } from '../../parts/small.tsx'
import { Text } from '../../parts/text.tsx'
import { api } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { timeOf, words } from '../../state/words.ts'

const { notes: texts } = words.report

/** What colleagues should know. Sealed like the report, and never shown to anybody outside triage. */
export function NotesPart({ id }: { id: string }) {
  const notes = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/reports/{id}/notes', { path: { id }, query: { limit: 200 } })
    return body
  }, [id])
  const form = useForm(`note ${id}`, { text: '' })
  const act = useAct(async () => {
    await api.post('/v1/triage/reports/{id}/notes', { path: { id }, body: { text: form.values.text } })
    form.done({ text: '' })
    notes.reload()
  })
  return (
    <Card title={texts.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void act.run()
        }}
      >
        <Problem error={act.error} />
        <TextField
          label={texts.add}
          name="note"
          rows={3}
          isRequired
          value={form.values.text}
          onInput={(text) => form.set('text', text)}
        />
        <Button kind="main" submits isBusy={act.isBusy}>
          {texts.save}
        </Button>
      </form>
      <Shown of={notes}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{texts.none}</Nothing>
          ) : (
            <ul class="s-notes">
              {items.map((note) => (
                <li key={note.id}>
                  <p class="s-byline">
                    <strong>{note.author.name}</strong> {timeOf(note.at)}
                  </p>
                  <Text text={note.text} />
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Card>
  )
}
