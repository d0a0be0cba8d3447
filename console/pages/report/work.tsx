import type { ComponentChildren } from 'preact'
import { words } from '../../state/words.ts'
import { AssessmentPart } from './assessment.tsx'
import { HistoryPart } from './history.tsx'
import { NotesPart } from './notes.tsx'
import { Overview } from './overview.tsx'
import type { Case, Opened } from './state.ts'

export interface WorkProps {
  of: Case
  opened: Opened
  /** The report is out of sight now. */
  leave: () => void
  /** Another part of the work. */
  show: (name: string) => void
}

/** A part of the work on a report. */
export interface Part {
  name: string
  title: string
  isFor: (opened: Opened) => boolean
  view: (props: WorkProps) => ComponentChildren
}

const { parts: titles } = words.report
const always = () => true

/** Each is read when it is looked at: what is listed of images and messages is recorded as looked at. */
export const work: readonly Part[] = [
  { name: 'overview', title: titles.overview, isFor: always, view: (props) => <Overview {...props} /> },
  {
    name: 'assessment',
    title: titles.assessment,
    isFor: always,
    view: ({ of }) => <AssessmentPart id={of.id} />,
  },
  { name: 'notes', title: titles.notes, isFor: always, view: ({ of }) => <NotesPart id={of.id} /> },
  { name: 'history', title: titles.history, isFor: always, view: ({ of }) => <HistoryPart id={of.id} /> },
]
