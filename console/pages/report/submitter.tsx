import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { agencyName, Badge, Card, Facts } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useAct } from '../../state/loaded.ts'
import { useAgencies } from '../../state/people.ts'
import { words } from '../../state/words.ts'
import type { Opened } from './state.ts'

type Submitter = components['schemas']['Submitter']

const { submitter: texts } = words.report

/** A report that a professional shared in. Who, is sealed apart, and opened only with a reason. */
export function SubmitterCard({ id, opened }: { id: string; opened: Opened }) {
  const agencies = useAgencies()
  const [reason, setReason] = useState('')
  const [submitter, setSubmitter] = useState<Submitter | undefined>(undefined)
  const act = useAct(async () => {
    const { body } = await api.get('/v1/triage/reports/{id}/submitter', { path: { id }, reason })
    setSubmitter(body)
  })
  if (opened.origin !== 'partner') return null
  return (
    <Card title={texts.title}>
      <Facts
        rows={[
          [texts.agency, opened.originAgency && agencyName(agencies, opened.originAgency)],
          [texts.basis, opened.source && words.submissions.bases[opened.source.basis]],
        ]}
      />
      {opened.source?.protect === true && <Badge tone="violet">{texts.protect}</Badge>}
      <Problem error={act.error} />
      {submitter === undefined ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void act.run()
          }}
        >
          <TextField label={words.reason} isRequired value={reason} onInput={setReason} />
          <Button submits isBusy={act.isBusy}>
            {texts.open}
          </Button>
        </form>
      ) : (
        <Facts
          rows={[
            [texts.name, submitter.name],
            [texts.contact, submitter.contact ?? '–'],
            [words.submissions.note, submitter.source.note],
          ]}
        />
      )}
    </Card>
  )
}
