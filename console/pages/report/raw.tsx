import { useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Badge, Facts } from '../../parts/small.tsx'
import { type Mark, Text } from '../../parts/text.tsx'
import { api } from '../../state/api.ts'
import { useLoaded } from '../../state/loaded.ts'
import { namesOf, plain, words } from '../../state/words.ts'
import { type Match, matchesIn } from '../search/state.ts'
import { Found } from './found.tsx'
import type { Case, Opened } from './state.ts'

type Schemas = components['schemas']
type Draft = Schemas['ReportDraft']

const { raw: texts } = words.report

/** What was sent, as text alone, with what gives its writer away and what it names marked. */
export function RawReport({ of, opened, report }: { of: Case; opened: Opened; report: Draft }) {
  const entities = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/reports/{id}/entities', { path: { id: of.id } })
    return body
  }, [of.id])
  const marks = marksOf(of.warnings.value, entities.value, matchesIn.value.get(of.id) ?? [])
  const at = (pointer: string) => marks.get(pointer) ?? []
  const { when } = report
  return (
    <>
      <p class="s-marking s-marking--print">{words.marking}</p>
      <h2 class="govuk-heading-m">{texts.title}</h2>
      <Alarms report={report} />
      <h3 class="govuk-heading-s">{texts.narrative}</h3>
      <Text text={report.narrative} marks={at('/narrative')} />
      <Legend marks={marks} />
      <Facts
        rows={[
          [texts.subcategories, report.subcategories?.map(plain).join(', ')],
          [texts.knowledge, report.knowledge && plain(report.knowledge)],
          [
            texts.knownToFew,
            report.knownToFew === undefined ? undefined : words.yesNo[report.knownToFew ? 'yes' : 'no'],
          ],
          [texts.when, when && <When when={when} marks={at('/when/text')} />],
          [texts.language, report.language],
        ]}
      />
      {report.places?.map((place, index) => (
        <Thing key={index} title={texts.place} of={place} pointer={`/places/${index}`} at={at} />
      ))}
      {report.entities?.map((entity, index) => (
        <Thing key={index} title={plain(entity.kind)} of={entity} pointer={`/entities/${index}`} at={at} />
      ))}
      {report.links?.map((link) => (
        <Address key={link} link={link} />
      ))}
      <Found id={of.id} opened={opened} report={report} entities={entities} />
    </>
  )
}

function Alarms({ report: { immediateDanger, riskFlags = [] } }: { report: Draft }) {
  if (immediateDanger === undefined && riskFlags.length === 0) return null
  return (
    <p class="s-alarms">
      {immediateDanger !== undefined && (
        <Badge tone={immediateDanger === 'yes' ? 'red' : 'grey'}>
          {texts.danger}: {words.yesNo[immediateDanger]}
        </Badge>
      )}
      {riskFlags.map((flag) => (
        <Badge key={flag} tone="red">
          {plain(flag)}
        </Badge>
      ))}
    </p>
  )
}

function When({ when, marks }: { when: Schemas['When']; marks: readonly Mark[] }) {
  const words = [
    when.mode && plain(when.mode),
    [when.from, when.to].filter(Boolean).join(' – '),
    when.precision && plain(when.precision),
  ]
  return (
    <>
      {words.filter(Boolean).join(', ')}{' '}
      {when.text !== undefined && <Text text={when.text} marks={marks} isInline />}
    </>
  )
}

function Thing(props: {
  title: string
  of: object
  pointer: string
  at: (pointer: string) => readonly Mark[]
}) {
  const rows = Object.entries(props.of)
    .filter(([name]) => name !== 'kind')
    .map(([name, value]) => {
      const marks = props.at(`${props.pointer}/${name}`)
      const text = Array.isArray(value) ? value.join(', ') : String(value)
      return [plain(spaced(name)), <Text key={name} text={text} marks={marks} isInline />] as const
    })
  return (
    <div class="s-thing">
      <h3 class="govuk-heading-s">{props.title}</h3>
      <Facts rows={rows} />
    </div>
  )
}

function spaced(name: string): string {
  return name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
}

/** A link that somebody unknown sent leads nowhere by itself: it is copied, by whoever takes that upon them. */
function Address({ link }: { link: string }) {
  const [isCopied, setCopied] = useState(false)
  return (
    <div class="s-thing">
      <h3 class="govuk-heading-s">{texts.link}</h3>
      <Text text={link} />
      <p class="s-why">{texts.linkWarning}</p>
      <button
        type="button"
        class="s-quiet"
        onClick={() => void navigator.clipboard?.writeText(link).then(() => setCopied(true))}
      >
        {isCopied ? texts.copied : texts.copy}
      </button>
    </div>
  )
}

function Legend({ marks }: { marks: ReadonlyMap<string, Mark[]> }) {
  const kinds = new Set([...marks.values()].flat().map(({ kind }) => kind))
  if (kinds.size === 0) return null
  return (
    <p class="s-legend">
      {kinds.has('warning') && <span class="s-mark s-mark--warning">{texts.legend.warning}</span>}{' '}
      {kinds.has('match') && <span class="s-mark s-mark--match">{texts.legend.match}</span>}{' '}
      {kinds.has('entity') && <span class="s-mark s-mark--entity">{texts.legend.entity}</span>}
    </p>
  )
}

function marksOf(
  warnings: Case['warnings']['value'],
  entities: Schemas['EntityList'] | undefined,
  matches: readonly Match[],
): Map<string, Mark[]> {
  const all = new Map<string, Mark[]>()
  const put = (pointer: string, mark: Mark) => all.set(pointer, [...(all.get(pointer) ?? []), mark])
  for (const { pointer, start, end } of matches)
    put(pointer, { start, end, kind: 'match', says: texts.legend.match })
  for (const { pointer, start, end, code } of warnings)
    put(pointer, { start, end, kind: 'warning', says: namesOf.warning[code] ?? plain(code) })
  const named = entities === undefined ? [] : [...entities.items, ...entities.found]
  for (const { pointer, start, end, entity } of named)
    put(pointer, { start, end, kind: 'entity', says: plain(entity.kind) })
  return all
}
