import { useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Radios, TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Card, Head } from '../../parts/small.tsx'
import { useAct } from '../../state/loaded.ts'
import { settings } from '../../state/settings.ts'
import { words } from '../../state/words.ts'
import { FilterPanel } from '../inbox/filters.tsx'
import { filters } from '../inbox/state.ts'
import { exportFile, type Format, handOver, NotWhole } from './state.ts'

const { exporting: texts } = words

/** Takes reports out, as a file: the inbox's own filters say which. */
export function Export() {
  const form = useForm('export', { reason: '', format: 'csv' })
  const { reason, format } = form.values
  const [isDone, setDone] = useState(false)
  const act = useAct(async () => {
    setDone(false)
    const chosen: Format = format === 'ndjson' ? 'ndjson' : 'csv'
    handOver(await exportFile(filters.value, chosen, reason), `reports.${chosen}`)
    setDone(true)
  })
  return (
    <>
      <Head title={texts.title} about={texts.about} />
      <p class="s-clash">{texts.warning}</p>
      <FilterPanel />
      <Card>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void act.run()
          }}
        >
          {act.error instanceof NotWhole ? (
            <p class="s-problem" role="alert">
              {texts.notWhole}
            </p>
          ) : (
            <Problem error={act.error} />
          )}
          <Radios
            legend={texts.format}
            choices={[
              ['csv', texts.csv],
              ['ndjson', texts.ndjson],
            ]}
            value={format}
            onInput={(value) => form.set('format', value)}
          />
          <TextField
            label={words.reason}
            name="reason"
            isRequired={settings.requireReason}
            value={reason}
            onInput={(value) => form.set('reason', value)}
          />
          <Button kind="main" submits isBusy={act.isBusy}>
            {texts.go}
          </Button>
          {isDone && <p role="status">{texts.done}</p>}
        </form>
      </Card>
    </>
  )
}
