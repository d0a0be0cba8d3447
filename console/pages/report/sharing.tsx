import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Product } from '../../parts/product.tsx'
import { SecondPerson } from '../../parts/secondPerson.tsx'
import { agencyName, Badge, Card, Nothing, Shown } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { useAgencies } from '../../state/people.ts'
import { may, me } from '../../state/session.ts'
import { dayOf, say, timeOf, words } from '../../state/words.ts'
import { SendForm } from './sendForm.tsx'
import type { Opened } from './state.ts'

type Sent = components['schemas']['StaffDissemination']

const { sharing: texts } = words.report

/** What went to whom, and what may go now. */
export function SharingPart({ id, opened, onSent }: { id: string; opened: Opened; onSent: () => void }) {
  const [isSending, setSending] = useState(false)
  const sent = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/reports/{id}/disseminations', {
      path: { id },
      query: { limit: 200 },
    })
    return body
  }, [id])
  if (isSending) {
    return (
      <SendForm
        id={id}
        opened={opened}
        onClose={() => setSending(false)}
        onSent={() => {
          setSending(false)
          sent.reload()
          onSent()
        }}
      />
    )
  }
  return (
    <Card
      title={texts.title}
      aside={
        <Button kind="main" onClick={() => setSending(true)}>
          {may('disseminations.send-any') ? texts.send : texts.sendUrgent}
        </Button>
      }
    >
      <Shown of={sent}>
        {({ items: all }) =>
          all.length === 0 ? (
            <Nothing>{texts.none}</Nothing>
          ) : (
            [...all]
              .sort((a, b) => Number(waitsForReview(b)) - Number(waitsForReview(a)))
              .map((one) => <SentOne key={one.id} id={id} sent={one} onChanged={sent.reload} />)
          )
        }
      </Shown>
    </Card>
  )
}

export function waitsForReview({ urgent, reviewed, status }: Sent): boolean {
  return urgent && !reviewed && status !== 'recalled'
}

function SentOne({ id, sent, onChanged }: { id: string; sent: Sent; onChanged: () => void }) {
  const agencies = useAgencies()
  const form = useForm(`recall ${sent.id}`, { reason: '' })
  const recall = useAct(async () => {
    await api.post('/v1/triage/reports/{id}/disseminations/{disseminationId}/recall', {
      path: { id, disseminationId: sent.id },
      ...(form.values.reason === '' ? {} : { reason: form.values.reason }),
    })
    form.done({ reason: '' })
    onChanged()
  })
  return (
    <div class="s-thing" data-dissemination={sent.id}>
      <h3 class="govuk-heading-s">{agencyName(agencies, sent.agency)}</h3>
      <p>
        <Badge tone={sent.status === 'recalled' ? 'red' : 'green'}>{texts.statuses[sent.status]}</Badge>
        {sent.urgent && <Badge tone="red">{texts.urgent}</Badge>}
        <span class="s-faint">
          {say(texts.sentBy, { name: sent.author.name, day: dayOf(sent.sentOn) })}{' '}
          {sent.due !== undefined && say(texts.due, { day: dayOf(sent.due) })}
        </span>
      </p>
      {waitsForReview(sent) && <Review id={id} sent={sent} onChanged={onChanged} />}
      <details>
        <summary>{texts.product}</summary>
        <Product product={sent} />
      </details>
      <Problem error={recall.error} />
      {sent.status !== 'recalled' && may('disseminations.recall') && (
        <details>
          <summary>{texts.recall}</summary>
          <p class="s-about">{texts.recallAbout}</p>
          <TextField
            label={words.reason}
            value={form.values.reason}
            onInput={(value) => form.set('reason', value)}
          />
          <Button kind="warning" isBusy={recall.isBusy} onClick={() => void recall.run()}>
            {texts.recall}
          </Button>
        </details>
      )}
    </div>
  )
}

/** What went before it was approved is looked at by somebody else within a day. */
export function Review({ id, sent, onChanged }: { id: string; sent: Sent; onChanged: () => void }) {
  const isOverdue = sent.reviewBy !== null && new Date(sent.reviewBy).getTime() < Date.now()
  return (
    <div class="s-clash">
      <p>
        <strong>{isOverdue ? texts.reviewOverdue : texts.review}</strong>{' '}
        {sent.reviewBy !== null && say(texts.reviewBy, { time: timeOf(sent.reviewBy) })}
      </p>
      {may('disseminations.review') && (
        <SecondPerson
          of={`review ${sent.id}`}
          isOwn={sent.author.id === me.value?.id}
          yes={texts.right}
          no={texts.wrong}
          decide={(approved, reason) =>
            api.post('/v1/triage/reports/{id}/disseminations/{disseminationId}/approval', {
              path: { id, disseminationId: sent.id },
              body: { approved, ...reason },
            })
          }
          onDone={onChanged}
        />
      )}
    </div>
  )
}
