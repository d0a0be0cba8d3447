import type { components } from '../../../client/src/index.ts'
import { Text } from '../../parts/text.tsx'
import { namesOf, plain, words } from '../../state/words.ts'
import type { Values } from './draft.ts'

type Warning = components['schemas']['Warning']

const { submissions: texts } = words

/** Phrases outside the narrative that may give somebody away: in which field, what, and why. */
export function WarnedElsewhere({ warnings, values }: { warnings: readonly Warning[]; values: Values }) {
  if (warnings.length === 0) return null
  return (
    <ul class="s-plainlist">
      {warnings.map(({ code, pointer, start, end }) => {
        const { label, text } = fieldAt(pointer, values)
        return (
          <li key={`${pointer} ${start} ${code}`}>
            {label}: <Text text={text.slice(start, end)} isInline /> ({namesOf.warning[code] ?? plain(code)})
          </li>
        )
      })}
    </ul>
  )
}

/** The address is the one other text of this form that is checked. */
function fieldAt(pointer: string, { address }: Values): { label: string; text: string } {
  return pointer === '/places/0/address'
    ? { label: texts.address, text: address }
    : { label: pointer, text: '' }
}
