import type { components } from '../../../client/src/index.ts'
import { isSottoError } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { choicesOf, SelectField, TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Badge, Card, Facts, Shown } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { me } from '../../state/session.ts'
import { timeOf, words } from '../../state/words.ts'

type Schemas = components['schemas']

const { erasure: texts } = words.report

/** What a court or the law takes away: one supervisor demands it, another approves, and the keys are gone that night. */
export function ErasurePart({ id }: { id: string }) {
  const path = { id }
  const erasure = useLoaded(async () => {
    try {
      const { body } = await api.get('/v1/triage/reports/{id}/erasure', { path })
      return { body }
    } catch (error) {
      if (isSottoError(error, 'not-found')) return { body: undefined }
      throw error
    }
  }, [id])
  const form = useForm(`erasure ${id}`, { ground: 'court-order', reference: '', reason: '' })
  const { ground, reference, reason } = form.values
  const ask = useAct(async () => {
    await api.post('/v1/triage/reports/{id}/erasure', {
      path,
      body: { ground: ground as Schemas['ErasureGround'], reference, reason },
    })
    form.done({ ground: 'court-order', reference: '', reason: '' })
    erasure.reload()
  })
  const approve = useAct(async () => {
    await api.post('/v1/triage/reports/{id}/erasure/approval', { path, body: { approved: true } })
    erasure.reload()
  })
  const withdraw = useAct(async () => {
    await api.delete('/v1/triage/reports/{id}/erasure', { path })
    erasure.reload()
  })
  return (
    <Card title={texts.title}>
      <p class="s-about">{texts.about}</p>
      <Problem error={ask.error ?? approve.error ?? withdraw.error} />
      <Shown of={erasure}>
        {({ body }) => (
          <>
            {body !== undefined && (
              <div class="s-thing">
                <Badge tone={body.status === 'approved' ? 'red' : 'amber'}>
                  {texts.statuses[body.status]}
                </Badge>
                <Facts
                  rows={[
                    [texts.ground, texts.grounds[body.ground]],
                    [texts.reference, body.reference],
                    [texts.reason, body.reason],
                    [texts.by, `${body.requestedBy.name}, ${timeOf(body.requestedAt)}`],
                  ]}
                />
                {body.status === 'requested' && (
                  <>
                    <Button
                      kind="warning"
                      isBusy={approve.isBusy}
                      whyNot={body.requestedBy.id === me.value?.id ? words.report.pending.own : undefined}
                      onClick={() => void approve.run()}
                    >
                      {texts.approve}
                    </Button>
                    <Button isBusy={withdraw.isBusy} onClick={() => void withdraw.run()}>
                      {words.report.pending.withdraw}
                    </Button>
                  </>
                )}
              </div>
            )}
            {(body === undefined || body.status === 'withdrawn') && (
              <form
                onSubmit={(event) => {
                  event.preventDefault()
                  void ask.run()
                }}
              >
                <SelectField
                  label={texts.ground}
                  value={ground}
                  choices={choicesOf(texts.grounds)}
                  onInput={(value) => form.set('ground', value)}
                />
                <TextField
                  label={texts.reference}
                  isRequired
                  value={reference}
                  onInput={(value) => form.set('reference', value)}
                />
                <TextField
                  label={texts.reason}
                  rows={3}
                  isRequired
                  value={reason}
                  onInput={(value) => form.set('reason', value)}
                />
                <Button kind="warning" submits isBusy={ask.isBusy}>
                  {texts.ask}
                </Button>
              </form>
            )}
          </>
        )}
      </Shown>
    </Card>
  )
}
