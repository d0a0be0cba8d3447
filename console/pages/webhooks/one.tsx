import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Badge, Nothing, Shown, Table } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { plain, timeOf, words } from '../../state/words.ts'

type Schemas = components['schemas']
type Webhook = Schemas['Webhook']

const { webhooks: texts } = words

interface Props {
  webhook: Webhook
  onChanged: () => void
  onSecret: (secret: string) => void
}

export function OneWebhook({ webhook, onChanged, onSecret }: Props) {
  const path = { webhookId: webhook.id }
  const [isOpen, setOpen] = useState(false)
  const [round, setRound] = useState(0)
  const pause = useAct(async () => {
    await api.patch('/v1/triage/webhooks/{webhookId}', {
      path,
      ifMatch: `"${webhook.version}"`,
      body: { active: !webhook.active },
    })
    onChanged()
  })
  const ring = useAct(async () => {
    await api.post('/v1/triage/webhooks/{webhookId}/test', { path })
    setOpen(true)
    setRound(round + 1)
  })
  const rotate = useAct(async () => {
    const { body } = await api.post('/v1/triage/webhooks/{webhookId}/secret', { path })
    onSecret(body.secret)
    onChanged()
  })
  const remove = useAct(async () => {
    await api.delete('/v1/triage/webhooks/{webhookId}', { path })
    onChanged()
  })
  return (
    <>
      <p class="s-about">{webhook.kinds === null ? texts.allKinds : webhook.kinds.map(plain).join(', ')}</p>
      <Problem error={pause.error ?? ring.error ?? rotate.error ?? remove.error} />
      <div class="s-head__acts">
        <Button isBusy={ring.isBusy} onClick={() => void ring.run()}>
          {texts.test}
        </Button>
        <Button isBusy={pause.isBusy} onClick={() => void pause.run()}>
          {webhook.active ? texts.pause : texts.resume}
        </Button>
        <Button isBusy={rotate.isBusy} onClick={() => void rotate.run()}>
          {texts.rotate}
        </Button>
        <Button onClick={() => setOpen(!isOpen)}>{texts.deliveries}</Button>
      </div>
      <details>
        <summary>{texts.remove}</summary>
        <p class="s-about">{texts.removeAbout}</p>
        <Button kind="warning" isBusy={remove.isBusy} onClick={() => void remove.run()}>
          {texts.removeNow}
        </Button>
      </details>
      {isOpen && <Deliveries id={webhook.id} round={round} />}
    </>
  )
}

function Deliveries({ id, round }: { id: string; round: number }) {
  const list = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/webhooks/{webhookId}/deliveries', {
      path: { webhookId: id },
      query: { limit: 50 },
    })
    return body.items
  }, [id, round])
  const replay = useAct(async (deliveryId: string) => {
    await api.post('/v1/triage/webhooks/{webhookId}/deliveries/{deliveryId}/replay', {
      path: { webhookId: id, deliveryId },
    })
    list.reload()
  })
  return (
    <Shown of={list}>
      {(items) =>
        items.length === 0 ? (
          <Nothing>{texts.noDeliveries}</Nothing>
        ) : (
          <>
            <Problem error={replay.error} />
            <Table
              caption={texts.deliveries}
              rows={items}
              keyOf={(one) => one.id}
              columns={[
                { name: texts.at, cell: ({ at }) => timeOf(at) },
                { name: texts.kind, cell: ({ kind }) => plain(kind) },
                {
                  name: words.inbox.status,
                  cell: ({ status }) => (
                    <Badge tone={status === 'delivered' ? 'green' : status === 'dead' ? 'red' : 'amber'}>
                      {texts.statuses[status]}
                    </Badge>
                  ),
                },
                { name: texts.attempts, isNumber: true, cell: ({ attempts }) => attempts },
                {
                  name: texts.last,
                  cell: ({ lastStatus, failure }) => lastStatus ?? (failure === null ? '–' : plain(failure)),
                },
                {
                  name: '',
                  cell: (one) =>
                    one.status === 'dead' && (
                      <Button isBusy={replay.isBusy} onClick={() => void replay.run(one.id)}>
                        {texts.replay}
                      </Button>
                    ),
                },
              ]}
            />
            <Button kind="quiet" onClick={list.reload}>
              {words.inbox.refresh}
            </Button>
          </>
        )
      }
    </Shown>
  )
}
