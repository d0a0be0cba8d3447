import { useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Badge, Card, Head, Nothing, Shown } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { words } from '../../state/words.ts'
import { OneWebhook } from './one.tsx'

const { webhooks: texts } = words

/** Where other systems are told that something happened: kinds and ids, never a content. */
export function Webhooks() {
  const [secret, setSecret] = useState<string | undefined>(undefined)
  const list = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/webhooks')
    return body.items
  }, [])
  const form = useForm('webhook', { url: '' })
  const add = useAct(async () => {
    const { body } = await api.post('/v1/triage/webhooks', { body: { url: form.values.url } })
    form.done({ url: '' })
    setSecret(body.secret)
    list.reload()
  })
  return (
    <>
      <Head title={texts.title} about={texts.about} />
      {secret !== undefined && <Secret secret={secret} onDone={() => setSecret(undefined)} />}
      <Shown of={list}>
        {(items) => (
          <>
            {items.length === 0 && <Nothing>{texts.none}</Nothing>}
            {items.map((one) => (
              <Card
                key={one.id}
                title={one.url}
                aside={
                  <Badge tone={one.active ? 'green' : 'grey'}>
                    {one.active ? texts.active : texts.paused}
                  </Badge>
                }
              >
                <OneWebhook webhook={one} onChanged={list.reload} onSecret={setSecret} />
              </Card>
            ))}
          </>
        )}
      </Shown>
      <Card title={texts.add}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void add.run()
          }}
        >
          <Problem error={add.error} />
          <TextField
            label={texts.url}
            hint={texts.urlHint}
            type="url"
            name="url"
            isRequired
            value={form.values.url}
            onInput={(url) => form.set('url', url)}
          />
          <Button kind="main" submits isBusy={add.isBusy}>
            {texts.add}
          </Button>
        </form>
      </Card>
    </>
  )
}

/** Shown once: what is kept of it is sealed. */
function Secret({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <div class="s-clash" role="status">
      <p>
        <strong>{texts.secret}</strong>
      </p>
      <code class="s-code" data-secret>
        {secret}
      </code>{' '}
      <button type="button" class="s-quiet" onClick={onDone}>
        {texts.secretDone}
      </button>
    </div>
  )
}
