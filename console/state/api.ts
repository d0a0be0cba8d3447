import { isSottoError, partner, type Staff, triage } from '../../client/src/index.ts'
import { service, signedInAgain, tokenNow } from './session.ts'

/** Does a call; where the token has run out, asks for another and does it again. Nothing was done before. */
export async function withToken<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isSottoError(error, 'unauthorized')) throw error
      await signedInAgain()
    }
  }
}

type Calls = Record<'get' | 'post' | 'put' | 'patch' | 'delete', (...given: unknown[]) => Promise<unknown>>

/** Only what lists page by page is left as it is: the console pages by itself. */
function lasting<Prefix extends string>(staff: Staff<Prefix>): Omit<Staff<Prefix>, 'each'> {
  const calls = staff as unknown as Calls
  const by =
    (method: keyof Calls) =>
    (...given: unknown[]) =>
      withToken(() => calls[method](...given))
  const all = { get: by('get'), post: by('post'), put: by('put'), patch: by('patch'), delete: by('delete') }
  // The contract's types are laid over what is the same for every path, as the client does.
  return all as unknown as Omit<Staff<Prefix>, 'each'>
}

/** The staff's calls and the partner's, as whoever has signed in. */
export const api = lasting(triage(service, tokenNow))
export const desk = lasting(partner(service, tokenNow))
