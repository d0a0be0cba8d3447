import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { OutcomeForm, OutcomeList } from '../../parts/outcomes.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Product } from '../../parts/product.tsx'
import { Badge, Card, Head, Listing, Shown, Unreadable, unreadableIn } from '../../parts/small.tsx'
import { desk } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { hrefOf } from '../../state/route.ts'
import { dayOf, words } from '../../state/words.ts'

type Dissemination = components['schemas']['Dissemination']

const { products: texts } = words

/** What was sent to one's agency. */
export function Products() {
  const products = useLoaded(async () => {
    const { body } = await desk.get('/v1/partner/disseminations', { query: { limit: 200 } })
    return body
  }, [])
  return (
    <>
      <Head title={texts.title} about={texts.about}>
        <Button onClick={products.reload} isBusy={products.isBusy}>
          {words.inbox.refresh}
        </Button>
      </Head>
      <Unreadable count={unreadableIn(products.value)} />
      <Listing
        of={{ ...products, value: products.value?.items }}
        none={texts.none}
        caption={texts.title}
        keyOf={({ id }) => id}
        columns={[
          {
            name: texts.product,
            cell: (one) => (
              <a href={hrefOf('products', one.id)} data-product={one.id}>
                {one.items?.[0]?.title ?? texts.sealed}
              </a>
            ),
          },
          { name: texts.sentOn, cell: ({ sentOn }) => dayOf(sentOn) },
          { name: words.product.due, cell: ({ due }) => (due === undefined ? '–' : dayOf(due)) },
          { name: words.inbox.status, cell: ({ status }) => <Status status={status} /> },
        ]}
      />
    </>
  )
}

function Status({ status }: { status: Dissemination['status'] }) {
  const tone = status === 'sent' ? 'amber' : status === 'recalled' ? 'red' : 'green'
  return <Badge tone={tone}>{texts.statuses[status]}</Badge>
}

/** One product: read, acknowledged, answered. */
export function OneProduct({ id }: { id: string }) {
  const path = { disseminationId: id }
  const product = useLoaded(async () => {
    const { body } = await desk.get('/v1/partner/disseminations/{disseminationId}', { path })
    return body
  }, [id])
  const outcomes = useLoaded(async () => {
    const { body } = await desk.get('/v1/partner/disseminations/{disseminationId}/outcomes', { path })
    return body.items
  }, [id])
  const [opened, setOpened] = useState<Dissemination | undefined>(undefined)
  const acknowledge = useAct(async () => {
    const { body } = await desk.post('/v1/partner/disseminations/{disseminationId}/acknowledgement', { path })
    product.put(body)
  })
  return (
    <>
      <p class="s-back">
        <a href={hrefOf('products')}>{texts.back}</a>
      </p>
      <Head title={texts.one} />
      <Shown of={product}>
        {(value) => (
          <>
            <Card
              title={texts.product}
              aside={
                value.status === 'sent' ? (
                  <Button kind="main" isBusy={acknowledge.isBusy} onClick={() => void acknowledge.run()}>
                    {texts.acknowledge}
                  </Button>
                ) : (
                  <Status status={value.status} />
                )
              }
            >
              <Problem error={acknowledge.error} />
              <Product product={opened ?? value} />
              {value.sealed !== undefined && opened === undefined && (
                <OpenHere product={value} onOpened={setOpened} />
              )}
              <Button onClick={() => print()}>{texts.print}</Button>
            </Card>
            <Card title={words.outcomes.title}>
              <Shown of={outcomes}>{(items) => <OutcomeList items={items} />}</Shown>
              <h3 class="govuk-heading-s">{texts.answer}</h3>
              <OutcomeForm
                of={id}
                send={async (body) => {
                  await desk.post('/v1/partner/disseminations/{disseminationId}/outcomes', { path, body })
                  outcomes.reload()
                  product.reload()
                }}
              />
            </Card>
          </>
        )}
      </Shown>
    </>
  )
}

/** The agency's own key opens it on this machine: neither goes anywhere. */
function OpenHere({
  product,
  onOpened,
}: {
  product: Dissemination
  onOpened: (opened: Dissemination) => void
}) {
  const act = useAct(async (file: File) => {
    const { openSealed } = await import('./sealed.ts')
    onOpened(await openSealed(product, await file.text()))
  })
  return (
    <div class="s-thing">
      <label class="govuk-label" for="key-file">
        {texts.keyFile}
      </label>
      <p class="govuk-hint">{texts.keyHint}</p>
      {act.error !== undefined && (
        <p class="govuk-error-message" role="alert">
          {texts.notOpened}
        </p>
      )}
      <input
        id="key-file"
        type="file"
        accept=".json,.key"
        onChange={({ currentTarget: { files } }) => {
          const file = files?.[0]
          if (file !== undefined) void act.run(file)
        }}
      />
    </div>
  )
}
