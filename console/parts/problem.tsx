import { isSottoError } from '../../client/src/index.ts'
import { words } from '../state/words.ts'

const own: Record<string, string> = words.problems

/** What went wrong, in words: ours where the console knows more of what to do, else the service's. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (error === undefined) return null
  const { title, detail, places } = told(error)
  return (
    <div class="s-problem" role="alert">
      <p class="s-problem__title">{title}</p>
      {detail !== undefined && <p>{detail}</p>}
      {places.length > 0 && (
        <ul>
          {places.map((place) => (
            <li key={place}>{place}</li>
          ))}
        </ul>
      )}
      {onRetry !== undefined && (
        <button type="button" class="s-quiet" onClick={onRetry}>
          {words.again}
        </button>
      )}
    </div>
  )
}

function told(error: unknown): { title: string; detail?: string; places: string[] } {
  if (!isSottoError(error)) return { title: words.problems.unexpected, places: [] }
  if (error.from === 'client') return { title: own[error.code] ?? words.problems.unexpected, places: [] }
  const { code, title, detail, errors } = error
  return {
    title: own[code] ?? title,
    ...(detail === undefined ? {} : { detail }),
    places: errors.map(({ pointer, message }) => `${nameOf(pointer)} ${message}`),
  }
}

function nameOf(pointer: string): string {
  return pointer.replace(/^\/|^(header|query|path):/, '').replaceAll('/', ' › ')
}
