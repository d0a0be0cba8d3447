import type { ComponentChildren } from 'preact'
import { Agencies } from './pages/agencies/view.tsx'
import { Approvals } from './pages/approvals/view.tsx'
import { Confirmations } from './pages/confirmations/view.tsx'
import { Export } from './pages/export/view.tsx'
import { placeKept } from './pages/inbox/list.ts'
import { Inbox } from './pages/inbox/view.tsx'
import { Links } from './pages/links/view.tsx'
import { OneProduct, Products } from './pages/products/view.tsx'
import { ReportPage } from './pages/report/view.tsx'
import { Restricted } from './pages/restricted/view.tsx'
import { Search } from './pages/search/view.tsx'
import { SetAside } from './pages/setAside/view.tsx'
import { Staff } from './pages/staff/view.tsx'
import { Statistics } from './pages/statistics/view.tsx'
import { OneSubmission, Submissions } from './pages/submissions/view.tsx'
import { Trail } from './pages/trail/view.tsx'
import { WatchList } from './pages/watchList/view.tsx'
import { Webhooks } from './pages/webhooks/view.tsx'
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
  /** How far down it was left, where that is where one wants to be again. */
  placeKept?: () => number
}

const { pages: titles } = words

/** Every page, in the order of the navigation. */
export const pages: readonly Page[] = [
  {
    name: 'inbox',
    title: titles.inbox,
    isFor: () => may('reports.list'),
    view: () => <Inbox />,
    placeKept,
  },
  {
    name: 'report',
    title: titles.report,
    isFor: () => may('reports.consult'),
    isHidden: true,
    view: (id) => (id === undefined ? <Inbox /> : <ReportPage key={id} id={id} />),
  },
  { name: 'approvals', title: titles.approvals, isFor: () => may('items.decide'), view: () => <Approvals /> },
  {
    name: 'confirmations',
    title: titles.confirmations,
    isFor: () => may('guards.loosen'),
    view: () => <Confirmations />,
  },
  { name: 'search', title: titles.search, isFor: () => may('reports.search'), view: () => <Search /> },
  { name: 'export', title: titles.export, isFor: () => may('reports.export'), view: () => <Export /> },
  {
    name: 'set-aside',
    title: titles.setAside,
    isFor: () => may('reports.set-aside'),
    view: () => <SetAside />,
  },
  {
    name: 'links',
    title: titles.links,
    isFor: () => may('links.read'),
    isHidden: true,
    view: (id) => (id === undefined ? <WatchList /> : <Links key={id} id={id} />),
  },
  {
    name: 'watch-list',
    title: titles.watchList,
    isFor: () => may('watchlist.read'),
    view: () => <WatchList />,
  },
  {
    name: 'products',
    title: titles.products,
    isFor: () => may('partner.read'),
    view: (id) => (id === undefined ? <Products /> : <OneProduct key={id} id={id} />),
  },
  {
    name: 'submissions',
    title: titles.submissions,
    isFor: () => may('submissions.read'),
    view: (id) => (id === undefined ? <Submissions /> : <OneSubmission key={id} id={id} />),
  },
  { name: 'trail', title: titles.trail, isFor: () => may('audit.read'), view: () => <Trail /> },
  {
    name: 'restricted',
    title: titles.restricted,
    isFor: () => may('audit.restricted'),
    view: () => <Restricted />,
  },
  {
    name: 'statistics',
    title: titles.statistics,
    isFor: () => may('stats.read'),
    view: () => <Statistics />,
  },
  { name: 'agencies', title: titles.agencies, isFor: () => may('agencies.write'), view: () => <Agencies /> },
  { name: 'staff', title: titles.staff, isFor: () => may('staff.list-all'), view: () => <Staff /> },
  { name: 'webhooks', title: titles.webhooks, isFor: () => may('webhooks.read'), view: () => <Webhooks /> },
]
