import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { choicesOf, SelectField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Badge, Card, Nothing, Shown } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { hrefOf } from '../../state/route.ts'
import { namesOf, words } from '../../state/words.ts'

type Schemas = components['schemas']
export type Link = Schemas['Link']
export type AnyLink = Schemas['LinkList']['items'][number]

const { links: texts } = words

/** What this report shares with others. A person decides what it means; reports are never merged. */
export function LinksPart({ id }: { id: string }) {
  const links = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/reports/{id}/links', { path: { id } })
    return body.items
  }, [id])
  return (
    <Card title={texts.title} aside={<a href={hrefOf('links', id)}>{texts.picture}</a>}>
      <p class="s-about">{texts.about}</p>
      <Shown of={links}>
        {(all) =>
          all.length === 0 ? (
            <Nothing>{texts.none}</Nothing>
          ) : (
            all.map((link) => (
              <div class="s-thing" key={link.id} data-link={link.id}>
                <p>
                  <strong>{namesOf.linkKind[link.kind]}</strong>{' '}
                  {'heldBy' in link ? (
                    <Badge tone="violet">{texts.heldElsewhere}</Badge>
                  ) : (
                    <LinkFacts link={link} report={id} />
                  )}
                </p>
                {!('heldBy' in link) && <Deciding id={id} link={link} onDecided={links.reload} />}
              </div>
            ))
          )
        }
      </Shown>
    </Card>
  )
}

function LinkFacts({ link, report }: { link: Link; report: string }) {
  const tone = link.status === 'confirmed' ? 'green' : link.status === 'rejected' ? 'red' : 'amber'
  return (
    <>
      <Badge tone={tone}>{texts.statuses[link.status]}</Badge>
      <Badge>{texts.independences[link.independence]}</Badge>{' '}
      {link.reports
        .filter((other) => other !== report)
        .map((other) => (
          <a key={other} href={hrefOf('report', other)}>
            {texts.other} {other.slice(0, 8)}
          </a>
        ))}
    </>
  )
}

function Deciding({ id, link, onDecided }: { id: string; link: Link; onDecided: () => void }) {
  const form = useForm(`link ${link.id} ${link.version}`, { independence: link.independence as string })
  const act = useAct(async (decision: Schemas['LinkDecisionDecision']) => {
    await api.put('/v1/triage/reports/{id}/links/{linkId}', {
      path: { id, linkId: link.id },
      ifMatch: `"${link.version}"`,
      body: { decision, independence: form.values.independence as Schemas['LinkIndependence'] },
    })
    form.done()
    onDecided()
  })
  return (
    <>
      <Problem error={act.error} />
      <SelectField
        label={texts.independence}
        hint={texts.independenceHint}
        value={form.values.independence}
        choices={choicesOf(texts.independences)}
        onInput={(value) => form.set('independence', value)}
      />
      <Button kind="main" isBusy={act.isBusy} onClick={() => void act.run('confirmed')}>
        {texts.confirm}
      </Button>{' '}
      <Button isBusy={act.isBusy} onClick={() => void act.run('rejected')}>
        {texts.reject}
      </Button>
    </>
  )
}
