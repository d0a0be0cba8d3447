import { Button } from '../../parts/button.tsx'
import { Product } from '../../parts/product.tsx'
import { Card, Head, Nothing, Shown } from '../../parts/small.tsx'
import { useLoaded } from '../../state/loaded.ts'
import { hrefOf } from '../../state/route.ts'
import { words } from '../../state/words.ts'
import { Decision } from '../report/decision.tsx'
import { ItemView } from '../report/items.tsx'
import { MessageView } from '../report/messages.tsx'
import { Review } from '../report/sharing.tsx'
import { readQueue, type Waiting } from './state.ts'

const { approvals: texts } = words

/** What a colleague wrote and a second person must look at. The version that is shown is the one that is decided. */
export function Approvals() {
  const queue = useLoaded(readQueue, [])
  return (
    <>
      <Head title={texts.title} about={texts.about}>
        <Button onClick={queue.reload} isBusy={queue.isBusy}>
          {words.inbox.refresh}
        </Button>
      </Head>
      <Shown of={queue}>
        {({ waiting, isMore }) => (
          <>
            {waiting.length === 0 && <Nothing>{texts.none}</Nothing>}
            {waiting.map((one) => (
              <One key={keyOf(one)} one={one} reload={queue.reload} />
            ))}
            {isMore && <p>{texts.more}</p>}
          </>
        )}
      </Shown>
    </>
  )
}

function keyOf(one: Waiting): string {
  return one.kind === 'item' ? one.item.id : one.kind === 'message' ? one.message.id : one.sent.id
}

function One({ one, reload }: { one: Waiting; reload: () => void }) {
  return (
    <Card title={texts.kinds[one.kind]} aside={<a href={hrefOf('report', one.report)}>{texts.report}</a>}>
      {one.kind === 'item' && (
        <div data-item={one.item.id}>
          <ItemView item={one.item} sources={[]} />
          <p class="s-why">{texts.beside}</p>
          <Decision report={one.report} item={one.item} onDone={reload} />
        </div>
      )}
      {one.kind === 'message' && (
        <ul class="s-talk">
          <MessageView id={one.report} message={one.message} reload={reload} />
        </ul>
      )}
      {one.kind === 'review' && (
        <>
          <Product product={one.sent} />
          <Review id={one.report} sent={one.sent} onChanged={reload} />
        </>
      )}
    </Card>
  )
}
