import { signal } from '@preact/signals'

export interface Route {
  page: string
  /** A random id; never a text. */
  id: string | undefined
}

export const route = signal<Route>(read())

function read(): Route {
  const [, page = '', id] = /^#\/([a-z-]*)(?:\/([0-9a-f-]{36}))?$/.exec(location.hash) ?? []
  return { page, id }
}

export function hrefOf(page: string, id?: string): string {
  return id === undefined ? `#/${page}` : `#/${page}/${id}`
}

export function go(page: string, id?: string): void {
  location.hash = hrefOf(page, id)
}

addEventListener('hashchange', () => {
  route.value = read()
})
