import { useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Badge, Card, Head, Listing, Nothing, Shown } from '../../parts/small.tsx'
import { Text } from '../../parts/text.tsx'
import { desk } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { go, hrefOf } from '../../state/route.ts'
import { dayOf, namesOf, words } from '../../state/words.ts'
import { ShareForm } from './form.tsx'

const { submissions: texts } = words

/** What one shared in, with how far it has come. */
export function Submissions() {
  const [isWriting, setWriting] = useState(false)
  const list = useLoaded(async () => {
    const { body } = await desk.get('/v1/partner/submissions', { query: { limit: 200 } })
    return body.items
  }, [])
  return (
    <>
      <Head title={texts.title} about={texts.about}>
        {!isWriting && (
          <Button kind="main" onClick={() => setWriting(true)}>
            {texts.share}
          </Button>
        )}
      </Head>
      {isWriting && (
        <ShareForm
          onClose={() => setWriting(false)}
          onSent={() => {
            setWriting(false)
            list.reload()
          }}
        />
      )}
      <p>
        <a href="/partner/">{texts.withoutScript}</a>
      </p>
      <Listing
        of={list}
        none={texts.none}
        caption={texts.title}
        keyOf={({ id }) => id}
        columns={[
          {
            name: words.inbox.category,
            cell: ({ id, category }) => (
              <a href={hrefOf('submissions', id)} data-submission={id}>
                {namesOf.category[category]}
              </a>
            ),
          },
          { name: texts.on, cell: ({ submittedOn }) => dayOf(submittedOn) },
          {
            name: words.inbox.status,
            cell: ({ status, asked }) => (
              <>
                <Badge tone="blue">{texts.statuses[status]}</Badge>
                {asked && <Badge tone="amber">{texts.asked}</Badge>}
              </>
            ),
          },
          { name: texts.by, cell: ({ mine }) => (mine ? texts.me : texts.colleague) },
        ]}
      />
    </>
  )
}

/** One of them: what triage asks, and what one adds. */
export function OneSubmission({ id }: { id: string }) {
  const path = { submissionId: id }
  const opened = useLoaded(async () => {
    const { body } = await desk.get('/v1/partner/submissions/{submissionId}', { path })
    return body
  }, [id])
  const form = useForm(`submission ${id}`, { text: '' })
  const add = useAct(async () => {
    await desk.post('/v1/partner/submissions/{submissionId}/messages', {
      path,
      body: { text: form.values.text },
    })
    form.done({ text: '' })
    opened.reload()
  })
  const attach = useAct(async (file: File) => {
    await desk.post('/v1/partner/submissions/{submissionId}/attachments', { path, body: file })
    opened.reload()
  })
  const end = useAct(async () => {
    await desk.delete('/v1/partner/submissions/{submissionId}', { path })
    go('submissions')
  })
  return (
    <>
      <p class="s-back">
        <a href={hrefOf('submissions')}>{texts.back}</a>
      </p>
      <Shown of={opened}>
        {(value) => (
          <>
            <Head title={namesOf.category[value.category]} about={dayOf(value.submittedOn)}>
              <Badge tone="blue">{texts.statuses[value.status]}</Badge>
            </Head>
            <Card title={texts.messages}>
              {value.messages.length === 0 && <Nothing>{words.report.messages.none}</Nothing>}
              <ul class="s-talk">
                {value.messages.map(({ id: message, from, text, sentOn }) => (
                  <li key={message} class={`s-talk__one s-talk__one--${from}`}>
                    <p class="s-byline">
                      <strong>{from === 'staff' ? texts.triage : texts.me}</strong> {dayOf(sentOn)}
                    </p>
                    <Text text={text} />
                  </li>
                ))}
              </ul>
              {value.mine && (
                <form
                  onSubmit={(event) => {
                    event.preventDefault()
                    void add.run()
                  }}
                >
                  <Problem error={add.error ?? attach.error ?? end.error} />
                  <TextField
                    label={texts.add}
                    rows={4}
                    isRequired
                    value={form.values.text}
                    onInput={(text) => form.set('text', text)}
                  />
                  <Button kind="main" submits isBusy={add.isBusy}>
                    {texts.addSend}
                  </Button>
                </form>
              )}
            </Card>
            {value.mine && (
              <Card title={texts.more}>
                {value.attachmentsAllowed && (
                  <p>
                    <label class="govuk-label" for="image">
                      {texts.image}
                    </label>
                    <input
                      id="image"
                      type="file"
                      accept="image/jpeg,image/png,image/webp"
                      disabled={attach.isBusy}
                      onChange={({ currentTarget: { files } }) => {
                        const file = files?.[0]
                        if (file !== undefined) void attach.run(file)
                      }}
                    />{' '}
                    {value.attachments.length > 0 && `${value.attachments.length} ${texts.images}`}
                  </p>
                )}
                <details>
                  <summary>{texts.end}</summary>
                  <p class="s-about">{texts.endAbout}</p>
                  <Button kind="warning" isBusy={end.isBusy} onClick={() => void end.run()}>
                    {texts.endNow}
                  </Button>
                </details>
              </Card>
            )}
          </>
        )}
      </Shown>
    </>
  )
}
