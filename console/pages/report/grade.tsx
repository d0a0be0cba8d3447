import { useId } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Badge } from '../../parts/small.tsx'
import { dayOf, namesOf, say, words } from '../../state/words.ts'

type Grade = components['schemas']['Grade']

const { grade: texts } = words.report
export const sources = [1, 2, 3] as const
export const intelligences = ['A', 'B', 'C', 'D', 'E'] as const

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

/** Source across, intelligence along: the whole of 3x5 with its meanings, chosen by one press. */
export function GradeGrid(props: {
  source: string
  intelligence: string
  onChoose: (source: string, intelligence: string) => void
}) {
  const name = useId()
  return (
    <div class="s-scroll">
      <table class="s-grid">
        <caption class="s-grid__title">{texts.title}</caption>
        <thead>
          <tr>
            <td />
            {intelligences.map((letter) => (
              <th key={letter} scope="col">
                <strong>{letter}</strong> {namesOf.intelligence[letter]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map((number) => (
            <tr key={number}>
              <th scope="row">
                <strong>{number}</strong> {namesOf.source[number]}
              </th>
              {intelligences.map((letter) => (
                <td key={letter}>
                  <label>
                    <input
                      type="radio"
                      name={name}
                      checked={props.source === String(number) && props.intelligence === letter}
                      aria-label={say(texts.cell, {
                        source: `${number}, ${namesOf.source[number]}`,
                        intelligence: `${letter}, ${namesOf.intelligence[letter]}`,
                      })}
                      onChange={() => props.onChoose(String(number), letter)}
                    />
                    <span>
                      {number}
                      {letter}
                    </span>
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
