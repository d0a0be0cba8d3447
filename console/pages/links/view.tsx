import { useEffect, useRef } from 'preact/hooks'
import { Badge, Card, Head, Nothing, Shown, Table } from '../../parts/small.tsx'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { hrefOf } from '../../state/route.ts'
import { namesOf, say, words } from '../../state/words.ts'
import { followLinks, type Web } from './state.ts'

const { links: texts } = words

/** Reports and what they share: as a table first, and as a picture of the same. */
export function Links({ id }: { id: string }) {
  const web = useLoaded(() => followLinks(id), [id])
  return (
    <>
      <p class="s-back">
        <a href={hrefOf('report', id)}>{texts.back}</a>
      </p>
      <Head title={texts.webTitle} about={texts.webAbout} />
      <Shown of={web}>
        {(value) =>
          value.links.length === 0 ? (
            <Nothing>{texts.none}</Nothing>
          ) : (
            <>
              <WebTable web={value} />
              {value.elsewhere > 0 && <p>{say(texts.elsewhere, { count: value.elsewhere })}</p>}
              {value.isCut && <p>{texts.cut}</p>}
              <Card title={texts.picture}>
                <Picture web={value} from={id} />
              </Card>
            </>
          )
        }
      </Shown>
    </>
  )
}

function WebTable({ web }: { web: Web }) {
  return (
    <Table
      caption={texts.webTitle}
      rows={web.links}
      keyOf={({ id }) => id}
      columns={[
        { name: texts.shares, cell: ({ kind }) => namesOf.linkKind[kind] },
        {
          name: texts.between,
          cell: ({ reports }) =>
            reports.map((report) => (
              <a class="s-tagged" key={report} href={hrefOf('report', report)}>
                {report.slice(0, 8)}
              </a>
            )),
        },
        {
          name: words.inbox.status,
          cell: ({ status }) => (
            <Badge tone={status === 'confirmed' ? 'green' : 'amber'}>{texts.statuses[status]}</Badge>
          ),
        },
        { name: texts.independent, cell: ({ independence }) => texts.independences[independence] },
      ]}
    />
  )
}

/** The library comes with the picture alone: it is the largest part of the console. */
function Picture({ web, from }: { web: Web; from: string }) {
  const box = useRef<HTMLDivElement>(null)
  const act = useAct(async () => {
    const { drawWeb } = await import('./picture.ts')
    if (box.current !== null) takeAway.current = drawWeb(box.current, web, from)
  })
  const takeAway = useRef<(() => void) | undefined>(undefined)
  useEffect(() => {
    void act.run()
    return () => takeAway.current?.()
  }, [web])
  return <div class="s-web" ref={box} role="img" aria-label={texts.pictureSays} />
}
