import { useId } from 'preact/hooks'
import { namesOf, say, words } from '../../state/words.ts'

const { grade: texts } = words.report
export const sources = [1, 2, 3] as const
export const intelligences = ['A', 'B', 'C', 'D', 'E'] as const

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
