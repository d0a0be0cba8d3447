import { words } from '../state/words.ts'
import { Text } from './text.tsx'

const { clash: texts } = words

/** What somebody wrote into this field meanwhile, beside what was typed here. */
export function Clashing(props: { theirs: string | undefined; onTake: () => void; onKeep: () => void }) {
  if (props.theirs === undefined) return null
  return (
    <div class="s-clash" role="alert">
      <p>
        <strong>{texts.meanwhile}</strong>
      </p>
      <Text text={props.theirs} />
      <button type="button" class="s-quiet" onClick={props.onTake}>
        {texts.takeTheirs}
      </button>{' '}
      <button type="button" class="s-quiet" onClick={props.onKeep}>
        {texts.keepMine}
      </button>
    </div>
  )
}
