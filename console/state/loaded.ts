import { useCallback, useEffect, useRef, useState } from 'preact/hooks'

export interface Loaded<T> {
  value: T | undefined
  error: unknown
  isBusy: boolean
  /** Reads it again; what is shown stays until it is there. */
  reload: () => void
  /** Puts what a call answered in its place. */
  put: (value: T) => void
}

/** What a view shows, read when it appears and whenever `keys` change. An answer that comes too late is dropped. */
export function useLoaded<T>(load: () => Promise<T>, keys: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<{ value?: T; error?: unknown; isBusy: boolean }>({ isBusy: true })
  const [round, setRound] = useState(0)
  const latest = useRef(load)
  latest.current = load
  const key = keys.join(' ')
  const shown = useRef(key)
  useEffect(() => {
    let isWanted = true
    // What belongs to something else is gone at once; what is only read again stays.
    setState(({ value }) =>
      shown.current === key && value !== undefined ? { value, isBusy: true } : { isBusy: true },
    )
    shown.current = key
    latest.current().then(
      (value) => isWanted && setState({ value, isBusy: false }),
      (error: unknown) => isWanted && setState((before) => ({ ...before, error, isBusy: false })),
    )
    return () => {
      isWanted = false
    }
  }, [key, round])
  const reload = useCallback(() => setRound((count) => count + 1), [])
  const put = useCallback((value: T) => setState({ value, isBusy: false }), [])
  return { value: state.value, error: state.error, isBusy: state.isBusy, reload, put }
}

export interface Act<Given extends unknown[]> {
  run: (...given: Given) => Promise<void>
  isBusy: boolean
  error: unknown
  forget: () => void
}

/** Something that a person does: one at a time, and what went wrong is kept to be shown. */
export function useAct<Given extends unknown[]>(work: (...given: Given) => Promise<void>): Act<Given> {
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  async function run(...given: Given): Promise<void> {
    if (state.isBusy) return
    setState({ isBusy: true })
    try {
      await work(...given)
      setState({ isBusy: false })
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }
  return { run, isBusy: state.isBusy, error: state.error, forget: () => setState({ isBusy: false }) }
}
