import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { TextField, Tick, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Badge, Card, Head, Shown, Table } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { dayOf, words } from '../../state/words.ts'

type Agency = components['schemas']['Agency']

const { agencies: texts } = words

/** The agencies that are sent to, and who can open what they are sent. */
export function Agencies() {
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const list = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/agencies')
    return body.items
  }, [])
  const form = useForm('agency', { slug: '', name: '' })
  const add = useAct(async () => {
    await api.post('/v1/triage/agencies', { body: form.values })
    form.done({ slug: '', name: '' })
    list.reload()
  })
  return (
    <>
      <Head title={texts.title} about={texts.about} />
      <Shown of={list}>
        {(items) => {
          const agency = items.find(({ slug }) => slug === chosen)
          return (
            <>
              <Table
                caption={texts.title}
                rows={items}
                keyOf={({ slug }) => slug}
                columns={[
                  {
                    name: texts.name,
                    cell: ({ slug, name }) => (
                      <button type="button" class="s-link" onClick={() => setChosen(slug)}>
                        {name}
                      </button>
                    ),
                  },
                  { name: texts.slug, cell: ({ slug }) => <code class="s-code">{slug}</code> },
                  {
                    name: texts.key,
                    cell: ({ keyHeldBy }) => (keyHeldBy === null ? texts.noKey : texts.held[keyHeldBy]),
                  },
                  { name: '', cell: ({ retired }) => retired && <Badge>{texts.retired}</Badge> },
                ]}
              />
              {agency !== undefined && (
                <OneAgency key={agency.slug} agency={agency} onChanged={list.reload} />
              )}
            </>
          )
        }}
      </Shown>
      <Card title={texts.add}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void add.run()
          }}
        >
          <Problem error={add.error} />
          <div class="s-columns">
            <TextField
              label={texts.name}
              name="name"
              isRequired
              value={form.values.name}
              onInput={(name) => form.set('name', name)}
            />
            <TextField
              label={texts.slug}
              hint={texts.slugHint}
              name="slug"
              isRequired
              value={form.values.slug}
              onInput={(slug) => form.set('slug', slug)}
            />
          </div>
          <Button kind="main" submits isBusy={add.isBusy}>
            {texts.add}
          </Button>
        </form>
      </Card>
    </>
  )
}

function OneAgency({ agency, onChanged }: { agency: Agency; onChanged: () => void }) {
  const path = { slug: agency.slug }
  const keys = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/agencies/{slug}/keys', { path })
    return body.items
  }, [agency.slug])
  const form = useForm(`agency ${agency.slug}`, { name: agency.name, retired: agency.retired, publicKey: '' })
  const { values, set } = form
  const save = useAct(async () => {
    await api.patch('/v1/triage/agencies/{slug}', {
      path,
      body: { name: values.name, retired: values.retired },
    })
    form.done({ ...values })
    onChanged()
  })
  const addKey = useAct(async () => {
    await api.post('/v1/triage/agencies/{slug}/keys', { path, body: { publicKey: values.publicKey } })
    set('publicKey', '')
    keys.reload()
    onChanged()
  })
  return (
    <Card title={agency.name}>
      <Problem error={save.error ?? addKey.error} />
      <TextField label={texts.name} value={values.name} onInput={(name) => set('name', name)} />
      <Tick label={texts.retire} value={values.retired} onInput={(retired) => set('retired', retired)} />
      <Button kind="main" isBusy={save.isBusy} onClick={() => void save.run()}>
        {words.save}
      </Button>
      <h3 class="govuk-heading-s s-later">{texts.keys}</h3>
      <Shown of={keys}>
        {(items) => (
          <Table
            caption={texts.keys}
            rows={items}
            keyOf={({ kid }) => kid}
            columns={[
              { name: texts.kid, cell: ({ kid }) => <code class="s-code">{kid}</code> },
              { name: texts.key, cell: ({ heldBy }) => texts.held[heldBy] },
              { name: texts.addedOn, cell: ({ addedOn }) => dayOf(addedOn) },
              {
                name: '',
                cell: ({ status }) => (
                  <Badge tone={status === 'active' ? 'green' : 'grey'}>{texts.keyStatuses[status]}</Badge>
                ),
              },
            ]}
          />
        )}
      </Shown>
      <TextField
        label={texts.newKey}
        hint={texts.newKeyHint}
        value={values.publicKey}
        onInput={(publicKey) => set('publicKey', publicKey)}
      />
      <Button
        isBusy={addKey.isBusy}
        whyNot={values.publicKey === '' ? '' : undefined}
        onClick={() => void addKey.run()}
      >
        {texts.addKey}
      </Button>
    </Card>
  )
}
