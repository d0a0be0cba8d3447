import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { SecondPerson } from '../../parts/secondPerson.tsx'
import { Badge, Card, Nothing, Shown } from '../../parts/small.tsx'
import { Text } from '../../parts/text.tsx'
import { api } from '../../state/api.ts'
import { type Loaded, useAct, useLoaded } from '../../state/loaded.ts'
import { may, me } from '../../state/session.ts'
import { dayOf, namesOf, say, words } from '../../state/words.ts'

type Schemas = components['schemas']
type Message = Schemas['ConversationMessage']
type Conversation = Schemas['Conversation']

const { messages: texts } = words.report

/** What is said to the reporter and by them. Nobody makes a source of them: each draft is looked at by a second person. */
export function MessagesPart({ id }: { id: string }) {
  const conversation = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/reports/{id}/messages', {
      path: { id },
      query: { limit: 200 },
    })
    return body
  }, [id])
  return (
    <Card title={texts.title}>
      <Shown of={conversation}>
        {(value) => (
          <>
            {value.locked && <Lock id={id} conversation={value} reload={conversation.reload} />}
            {value.ended && <p class="s-inset">{texts.ended}</p>}
            {value.items.length === 0 && <Nothing>{texts.none}</Nothing>}
            <ul class="s-talk">
              {value.items.map((message) => (
                <MessageView key={message.id} id={id} message={message} reload={conversation.reload} />
              ))}
            </ul>
            {!value.ended && <Writing id={id} conversation={value} loaded={conversation} />}
          </>
        )}
      </Shown>
    </Card>
  )
}

export function MessageView({ id, message, reload }: { id: string; message: Message; reload: () => void }) {
  const { from, status, text, warnings = [], authors = [], sentOn } = message
  const marks = warnings.map(({ start, end, code }) => ({
    start,
    end,
    kind: 'lint' as const,
    says: namesOf.lint[code],
  }))
  return (
    <li class={`s-talk__one s-talk__one--${from}`} data-message={message.id}>
      <p class="s-byline">
        <strong>{from === 'reporter' ? texts.reporter : authors.map(({ name }) => name).join(', ')}</strong>{' '}
        {sentOn !== undefined && dayOf(sentOn)}{' '}
        {status !== undefined && (
          <Badge tone={status === 'sent' ? 'green' : status === 'refused' ? 'red' : 'amber'}>
            {texts.statuses[status]}
          </Badge>
        )}
      </p>
      <Text text={text} marks={marks} />
      {warnings.length > 0 && (
        <ul class="s-why">
          {[...new Set(warnings.map(({ code }) => code))].map((code) => (
            <li key={code}>{namesOf.lint[code]}</li>
          ))}
        </ul>
      )}
      {status === 'pending' && may('messages.decide') && (
        <Deciding id={id} message={message} reload={reload} />
      )}
    </li>
  )
}

function Deciding({ id, message, reload }: { id: string; message: Message; reload: () => void }) {
  return (
    <SecondPerson
      of={`message ${message.id}`}
      isOwn={(message.authors ?? []).some((author) => author.id === me.value?.id)}
      yes={texts.send}
      decide={(approved, reason) =>
        api.post('/v1/triage/reports/{id}/messages/{messageId}/approval', {
          path: { id, messageId: message.id },
          ifMatch: `"${message.version}"`,
          body: { approved, ...reason },
        })
      }
      onDone={reload}
    />
  )
}

function Lock({ id, conversation, reload }: { id: string; conversation: Conversation; reload: () => void }) {
  const form = useForm(`unlock ${id}`, { reason: '' })
  const act = useAct(async () => {
    await api.post('/v1/triage/reports/{id}/messages/unlock', {
      path: { id },
      body: { reason: form.values.reason },
    })
    form.done({ reason: '' })
    reload()
  })
  return (
    <div class="s-clash">
      <p>
        <strong>{texts.locked}</strong>
      </p>
      {conversation.lockedFor.map((why) => (
        <p key={why}>{namesOf.lock[why]}</p>
      ))}
      <p>{texts.lockedAdvice}</p>
      {may('messages.unlock') ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void act.run()
          }}
        >
          <Problem error={act.error} />
          <TextField
            label={words.reason}
            isRequired
            rows={2}
            value={form.values.reason}
            onInput={(value) => form.set('reason', value)}
          />
          <Button submits isBusy={act.isBusy}>
            {texts.unlock}
          </Button>
        </form>
      ) : (
        <p class="s-why">{texts.unlockBy}</p>
      )}
    </div>
  )
}

function Writing({
  id,
  conversation,
  loaded,
}: {
  id: string
  conversation: Conversation
  loaded: Loaded<Conversation>
}) {
  const form = useForm(`message of ${id}`, { text: '' })
  const act = useAct(async (text: string) => {
    await api.post('/v1/triage/reports/{id}/messages', { path: { id }, body: { text } })
    if (text === form.values.text) form.done({ text: '' })
    loaded.reload()
  })
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void act.run(form.values.text)
        }}
      >
        <Problem error={act.error} />
        <TextField
          label={texts.write}
          hint={texts.writeHint}
          name="message"
          rows={4}
          isRequired
          value={form.values.text}
          onInput={(text) => form.set('text', text)}
        />
        <Button
          kind="main"
          submits
          isBusy={act.isBusy}
          whyNot={conversation.locked ? texts.locked : undefined}
        >
          {texts.draft}
        </Button>
      </form>
      <details class="s-safety">
        <summary>{texts.safety}</summary>
        <p class="s-about">{texts.safetyAbout}</p>
        {conversation.safetyMessages.map(({ code, language, text }) => (
          <div class="s-thing" key={`${code} ${language}`}>
            <p lang={language}>{text}</p>
            <Button isBusy={act.isBusy} onClick={() => void act.run(text)}>
              {say(texts.sendSafety, { language: texts.languages[language] })}
            </Button>
          </div>
        ))}
      </details>
    </>
  )
}
