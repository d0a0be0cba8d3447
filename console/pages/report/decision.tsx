import { Button } from '../../parts/button.tsx'
import { TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { api } from '../../state/api.ts'
import { useAct } from '../../state/loaded.ts'
import { may, me } from '../../state/session.ts'
import { words } from '../../state/words.ts'
import type { Item } from './items.tsx'

const { decision: texts } = words.report

/** Yes or no of a second person to the very version that is shown. */
export function Decision({ report, item, onDone }: { report: string; item: Item; onDone: () => void }) {
  const form = useForm(`decision ${item.id} ${item.version}`, { reason: '' })
  const { reason } = form.values
  const act = useAct(async (approved: boolean) => {
    await api.post('/v1/triage/reports/{id}/items/{itemId}/approval', {
      path: { id: report, itemId: item.id },
      ifMatch: `"${item.version}"`,
      body: { approved, ...(reason === '' ? {} : { reason }) },
    })
    form.done({ reason: '' })
    onDone()
  })
  if (item.status !== 'draft' || !may('items.decide')) return null
  const isOwn = item.authors.some(({ id }) => id === me.value?.id)
  return (
    <div class="s-decision">
      <Problem error={act.error} />
      {!isOwn && (
        <TextField label={texts.reason} value={reason} onInput={(value) => form.set('reason', value)} />
      )}
      <Button
        kind="main"
        isBusy={act.isBusy}
        whyNot={isOwn ? texts.own : undefined}
        onClick={() => void act.run(true)}
      >
        {texts.approve}
      </Button>
      {!isOwn && (
        <Button kind="warning" isBusy={act.isBusy} onClick={() => void act.run(false)}>
          {texts.refuse}
        </Button>
      )}
    </div>
  )
}
