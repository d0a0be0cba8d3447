import { useState } from 'preact/hooks'
import { isSottoError } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { Clashing } from '../../parts/clashing.tsx'
import { Checks, choicesOf, Radios, TextField, Tick, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Card } from '../../parts/small.tsx'
import { Text } from '../../parts/text.tsx'
import { api } from '../../state/api.ts'
import { useAct } from '../../state/loaded.ts'
import { merge } from '../../state/merge.ts'
import { useAgencies } from '../../state/people.ts'
import { sharedWith } from '../../state/shared.ts'
import { namesOf, plain, words } from '../../state/words.ts'
import { GradeGrid } from './grade.tsx'
import type { Item } from './itemDraft.ts'
import { draftOf, emptyItem, type ItemValues, valuesOf } from './itemDraft.ts'

const { editor: texts } = words.report

/** Writes an item beside the raw text; what both share is marked while it is written. */
export function ItemEditor(props: {
  id: string
  sources: readonly string[]
  item?: Item
  origin?: Item
  onClose: () => void
  onSaved: () => void
}) {
  const { id, sources, origin, onClose, onSaved } = props
  const [item, setItem] = useState(props.item)
  const [clashes, setClashes] = useState<Partial<ItemValues>>({})
  const base = item ?? origin
  const form = useForm<ItemValues>(
    `item ${id} ${props.item?.id ?? `new ${origin?.id ?? ''}`}`,
    base === undefined ? emptyItem : valuesOf(base),
  )
  const { values, set } = form
  const agencies = useAgencies().filter(({ retired }) => !retired)
  const save = useAct(async () => {
    if (item === undefined) {
      await api.post('/v1/triage/reports/{id}/items', { path: { id }, body: draftOf(values, origin?.id) })
    } else {
      const path = { id, itemId: item.id }
      try {
        await api.put('/v1/triage/reports/{id}/items/{itemId}', {
          path,
          ifMatch: `"${item.version}"`,
          body: draftOf(values, item.origin),
        })
      } catch (error) {
        if (!isSottoError(error, 'precondition-failed')) throw error
        const { body } = await api.get('/v1/triage/reports/{id}/items/{itemId}', { path })
        const merged = merge(valuesOf(item), valuesOf(body), values)
        form.fill(merged.values)
        setClashes(merged.clashes)
        setItem(body)
        throw error
      }
    }
    form.done()
    onSaved()
  })
  function settle(name: 'title' | 'text', theirs?: string) {
    if (theirs !== undefined) set(name, theirs)
    const { [name]: _, ...rest } = clashes
    setClashes(rest)
  }
  const others = Object.entries(clashes).filter(([name]) => name !== 'title' && name !== 'text')
  const shared = sharedWith(values.text, sources)
  return (
    <Card title={item === undefined ? texts.new : texts.change}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save.run()
        }}
      >
        <Problem error={save.error} />
        {others.length > 0 && (
          <div class="s-clash" role="alert">
            {words.clash.meanwhile}{' '}
            {others.map(([name, value]) => `${plain(name)}: ${String(value)}`).join('; ')}
          </div>
        )}
        <TextField
          label={texts.title}
          name="title"
          isRequired
          value={values.title}
          onInput={(value) => set('title', value)}
        >
          <Clashing
            theirs={clashes.title}
            onTake={() => settle('title', clashes.title)}
            onKeep={() => settle('title')}
          />
        </TextField>
        <TextField
          label={texts.text}
          hint={texts.textHint}
          name="text"
          rows={8}
          isRequired
          value={values.text}
          onInput={(value) => set('text', value)}
        >
          <Clashing
            theirs={clashes.text}
            onTake={() => settle('text', clashes.text)}
            onKeep={() => settle('text')}
          />
        </TextField>
        <div class="s-thing" aria-live="polite" data-shared={shared.length}>
          <p class="s-byline">{shared.length === 0 ? texts.nothingShared : texts.shared}</p>
          {shared.length > 0 && (
            <Text
              text={values.text}
              marks={shared.map((stretch) => ({ ...stretch, kind: 'shared', says: texts.sharedPhrase }))}
            />
          )}
        </div>
        <Radios
          legend={texts.kind}
          isInline
          choices={choicesOf(words.report.items.kinds)}
          value={values.kind}
          onInput={(value) => set('kind', value)}
        />
        <GradeGrid
          source={values.source}
          intelligence={values.intelligence}
          onChoose={(source, intelligence) => form.fill({ ...values, source, intelligence })}
        />
        <Radios
          legend={texts.handling}
          choices={choicesOf(namesOf.handling)}
          value={values.handling}
          onInput={(value) => set('handling', value)}
        />
        {values.handling === 'C' && (
          <div class="s-thing">
            <p class="s-byline">{texts.conditions}</p>
            <Checks
              legend={namesOf.condition['permitted-recipients']}
              choices={agencies.map(({ slug, name }) => [slug, name] as const)}
              values={values.recipients}
              onInput={(value) => set('recipients', value)}
            />
            <TextField
              label={namesOf.condition['permitted-actions']}
              value={values.actions}
              onInput={(value) => set('actions', value)}
            />
            <TextField
              label={namesOf.condition.expiry}
              type="date"
              value={values.expiry}
              onInput={(value) => set('expiry', value)}
            />
            <Tick
              label={namesOf.condition['contact-originator']}
              value={values.isContact}
              onInput={(value) => set('isContact', value)}
            />
            {values.isContact && (
              <TextField
                label={texts.contact}
                value={values.contact}
                onInput={(value) => set('contact', value)}
              />
            )}
          </div>
        )}
        <Button kind="main" submits isBusy={save.isBusy}>
          {texts.save}
        </Button>{' '}
        <Button onClick={onClose}>{texts.back}</Button>
      </form>
    </Card>
  )
}
