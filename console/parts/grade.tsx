import type { components } from '../../client/src/index.ts'
import { dayOf, namesOf } from '../state/words.ts'
import { Badge } from './small.tsx'

type Grade = components['schemas']['Grade']

/** A grade in short, with what it means. */
export function GradeLine({ grade: { source, intelligence, handling, conditions = [] } }: { grade: Grade }) {
  const says = `${namesOf.source[source]}; ${namesOf.intelligence[intelligence]}; ${namesOf.handling[handling]}`
  return (
    <>
      <Badge tone="blue">
        <span title={says}>
          {source}
          {intelligence}
          {handling}
        </span>
      </Badge>
      <span class="s-faint">{says}</span>
      {conditions.map(({ kind, agencies, on, text }) => (
        <span class="s-condition" key={kind}>
          {namesOf.condition[kind]}
          {agencies !== undefined && `: ${agencies.join(', ')}`}
          {on !== undefined && `: ${dayOf(on)}`}
          {text !== undefined && `: ${text}`}
        </span>
      ))}
    </>
  )
}
