import type { ComponentChildren } from 'preact'
import { may } from '../../state/session.ts'
import { words } from '../../state/words.ts'
import { AssessmentPart } from './assessment.tsx'
import { ErasurePart } from './erasure.tsx'
import { HistoryPart } from './history.tsx'
import { ImagesPart } from './images.tsx'
import { ItemsPart } from './items.tsx'
import { LinksPart } from './links.tsx'
import { MessagesPart } from './messages.tsx'
import { learn } from './moves.ts'
import { NotesPart } from './notes.tsx'
import { OutcomesPart } from './outcomes.tsx'
import { Overview } from './overview.tsx'
import { SharingPart } from './sharing.tsx'
import type { Opened } from './state.ts'
import type { WorkProps } from './workProps.ts'

/** A part of the work on a report. */
export interface Part {
  name: string
  title: string
  isFor: (opened: Opened) => boolean
  view: (props: WorkProps) => ComponentChildren
}

const { parts: titles } = words.report
const always = () => true
/** Nobody writes to the reporter of what cannot be read, and none of its images is shown. */
const isReadable = ({ report }: Opened) => report !== null

/** Each is read when it is looked at: what is listed of images and messages is recorded as looked at. */
export const work: readonly Part[] = [
  { name: 'overview', title: titles.overview, isFor: always, view: (props) => <Overview {...props} /> },
  {
    name: 'assessment',
    title: titles.assessment,
    isFor: always,
    view: ({ of }) => (
      <AssessmentPart
        id={of.id}
        onSaved={({ rationale }) => learn(of, { holds: { assessed: true, rationale: rationale !== '' } })}
      />
    ),
  },
  {
    name: 'items',
    title: titles.items,
    isFor: isReadable,
    view: ({ of, opened }) => (
      <ItemsPart
        id={of.id}
        opened={opened}
        onRead={(hasApproved) => learn(of, { holds: { 'approved-item': hasApproved } })}
      />
    ),
  },
  {
    name: 'sharing',
    title: titles.sharing,
    isFor: isReadable,
    view: ({ of, opened }) => (
      <SharingPart
        id={of.id}
        opened={opened}
        onSent={() => {
          if (opened.status === 'approved') learn(of, { status: 'disseminated' })
        }}
      />
    ),
  },
  {
    name: 'messages',
    title: titles.messages,
    isFor: isReadable,
    view: ({ of }) => <MessagesPart id={of.id} />,
  },
  { name: 'images', title: titles.images, isFor: isReadable, view: ({ of }) => <ImagesPart id={of.id} /> },
  { name: 'links', title: titles.links, isFor: always, view: ({ of }) => <LinksPart id={of.id} /> },
  { name: 'outcomes', title: titles.outcomes, isFor: always, view: ({ of }) => <OutcomesPart id={of.id} /> },
  { name: 'notes', title: titles.notes, isFor: always, view: ({ of }) => <NotesPart id={of.id} /> },
  { name: 'history', title: titles.history, isFor: always, view: ({ of }) => <HistoryPart id={of.id} /> },
  {
    name: 'erasure',
    title: titles.erasure,
    isFor: () => may('erasure.read'),
    view: ({ of }) => <ErasurePart id={of.id} />,
  },
]
