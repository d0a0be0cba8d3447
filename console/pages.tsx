import type { ComponentChildren } from 'preact'
import { Inbox } from './pages/inbox/view.tsx'
import { ReportPage } from './pages/report/view.tsx'
import { may } from './state/session.ts'
import { words } from './state/words.ts'

/** A page of the console: the folder of its name holds it. */
export interface Page {
  name: string
  title: string
  /** Whether whoever works here may do anything on it. */
  isFor: () => boolean
  /** Reached from others alone. */
  isHidden?: boolean
  view: (id: string | undefined) => ComponentChildren
}

const { pages: titles } = words

/** Every page, in the order of the navigation. */
export const pages: readonly Page[] = [
  { name: 'inbox', title: titles.inbox, isFor: () => may('reports.list'), view: () => <Inbox /> },
  {
    name: 'report',
    title: titles.report,
    isFor: () => may('reports.consult'),
    isHidden: true,
    view: (id) => (id === undefined ? <Inbox /> : <ReportPage key={id} id={id} />),
  },
]
