import { exampleAttachment, exampleMessage, examplePerson, exampleReport } from './examples.ts'
import type { SubmissionDraft } from './submissions.ts'

/** Fictional values of submissions for the contract's examples. */

const source = {
  basis: 'told-by-a-person',
  protect: true,
  note: 'A tenant told me. Do not write to the flats.',
  contact: '01632 960123',
} as const

const { category, narrative } = exampleReport

export const exampleSubmissionDraft: SubmissionDraft = { category, narrative, source }

export const exampleSubmission = {
  id: 'b3f1c2d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d',
  submittedOn: '2026-11-24',
  category: 'property-misuse',
  status: 'received',
  mine: true,
  asked: false,
}

export const exampleSubmissionAccepted = {
  ...exampleSubmission,
  warnings: [],
  signposts: [],
  notice: 'This is not for what is happening now: call 999; for what cannot wait, 101.',
}

export const exampleOpenedSubmission = {
  ...exampleSubmission,
  status: 'reviewed',
  asked: true,
  attachmentsAllowed: true,
  messages: [exampleMessage],
  attachments: [exampleAttachment],
}

export const exampleSubmitter = {
  ...examplePerson,
  role: 'partner',
  agency: 'housing',
  contact: source.contact,
  source,
}
