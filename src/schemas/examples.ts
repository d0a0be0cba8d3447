import { safetyMessages } from '../vocabulary/standing.ts'
import type { Report } from './report.ts'

/** Fictional values for the contract's examples. */

export const exampleReport: Report = {
  category: 'property-misuse',
  subcategories: ['unlawful-hmo'],
  language: 'en',
  narrative:
    '14 Marrow Close is a family house, but around twelve people live there and mattresses fill the garage.',
  knowledge: 'saw-or-heard',
  when: { mode: 'ongoing', precision: 'unknown' },
  places: [{ address: '14 Marrow Close', postcode: 'BS99 1AA', role: 'scene' }],
  entities: [{ kind: 'organisation', name: 'Larkspur Lets Ltd', number: '99000017' }],
}

export const exampleReceipt = '7KQ2-M0AB-4T9X-WZ3C-P8NE-51RV-HD6G'

export const exampleSignpost = {
  code: 'crimestoppers',
  label: 'Crimestoppers',
  phone: '0800 555 111',
  url: 'https://crimestoppers-uk.org',
  availability: 'At all times',
  reason: 'An independent charity that takes information about crime without asking who you are.',
  urgent: false,
  checkedOn: '2026-11-24',
}

export const exampleCategory = {
  slug: 'property-misuse',
  name: 'Misuse of property',
  description: 'Buildings used for what they are not meant or allowed for.',
  signs: ['Mattresses in a garage, shop or shed', 'Many different people at all hours'],
  subcategories: [
    {
      slug: 'unlawful-hmo',
      name: 'Unlawful shared house',
      description: 'Rooms let to many people without a licence.',
    },
  ],
  attachments: true,
  signposts: [exampleSignpost],
  version: '1-5f0c3a9d7e21',
}

export const exampleKey = {
  kid: 'org-rN2b6uC0y1mQ8kZt',
  kem: 32,
  kdf: 1,
  aead: 2,
  publicKey: 'hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo',
  status: 'active',
  notAfter: '2026-12-24',
}

export const exampleNotice =
  'This service is not watched at all times; next read: the next working day. It does not report a crime as a victim and gives no crime number.'

export const exampleReportId = '0f8fad5b-d9cb-469f-a165-70867728950e'
export const examplePersonId = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
export const examplePerson = { id: examplePersonId, name: 'Ada' }

export const exampleSummary = {
  id: exampleReportId,
  receivedOn: '2026-11-24',
  category: 'property-misuse',
  priority: 'medium',
  status: 'received',
  flags: [],
  leadAgency: 'planning-enforcement',
  supportAgencies: ['law-enforcement', 'environmental-protection', 'safeguarding'],
  assignee: null,
  attentionBy: null,
  version: 1,
  unreadMessages: 0,
  links: 0,
  origin: 'public',
  originAgency: null,
}

export const exampleMessage = {
  id: '9b2d8f1e-0f3a-4c5d-8e7b-2a1c3d4e5f60',
  number: 2,
  from: 'reporter',
  sentOn: '2026-11-25',
  text: 'The mattresses went out on Tuesday; a lorry took them.',
}

export const exampleAttachment = {
  id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  mediaType: 'image/jpeg',
  bytes: 183402,
}

export const exampleMailbox = {
  status: 'reviewed',
  receivedOn: '2026-11-24',
  attachmentsAllowed: true,
  messages: [
    {
      id: '1c9d4b7a-6e5f-4a3b-9c8d-7e6f5a4b3c2d',
      number: 1,
      from: 'staff',
      sentOn: '2026-11-25',
      text: 'Thank you. Is there anything you would like to add? Do not investigate or take risks.',
    },
    exampleMessage,
  ],
  attachments: [exampleAttachment],
}

export const exampleTriageAttachment = { ...exampleAttachment, receivedOn: '2026-11-25', quarantined: false }

export const exampleMoves = [
  { to: 'sanitising', allowed: true, missing: [] },
  { to: 'closed', allowed: false, missing: ['assessed', 'close-reason', 'rationale'] },
]

export const exampleCase = {
  ...exampleSummary,
  status: 'screening',
  version: 2,
  conflictOfInterest: [],
  restrictedTo: [],
  reviewGroup: 'unassessed',
  deconfliction: 'not-needed',
  referrals: [],
  disclosureRequests: [],
  proceedingsKnown: false,
  closeReason: null,
  pending: [],
  moves: exampleMoves,
}

export const exampleWaitingCase = {
  ...exampleCase,
  flags: ['legalHold'],
  pending: [{ field: 'legalHold', value: false, by: examplePerson, on: '2026-11-25' }],
}

export const exampleAssessment = {
  threat: 'Overcrowded house, fire risk.',
  harm: 'Tenants may be exploited.',
  likelihood: 'Likely: seen over weeks.',
  immediacy: 'Not immediate.',
  vulnerability: 'Tenants may not know their rights.',
  reprisalRisk: 'Low: many neighbours could have seen it.',
  gaps: 'Who collects the rent.',
  decision: 'Pass on to housing enforcement.',
  rationale: 'Within the powers of the housing team; no covert work needed.',
}

export const exampleNote = {
  id: '5d1f0f7e-6a55-4a44-9c1e-0d5a3a0f7c21',
  author: examplePerson,
  at: '2026-11-25T10:15:00.000Z',
  text: 'Licensing register checked: no licence for this address.',
}

export const exampleErasureRequest = {
  ground: 'court-order' as const,
  reference: 'Fictional County Court, order 2026/118',
  reason: 'The court orders that everything held of this report be destroyed.',
}

export const exampleErasure = {
  id: exampleReportId,
  version: 1,
  status: 'requested' as const,
  ...exampleErasureRequest,
  requestedBy: examplePerson,
  requestedAt: '2026-11-25T10:15:00.000Z',
}

export const exampleClosure = {
  id: '6f1c2a9e-3b7d-4e58-9a40-1d2f3c4b5a69',
  closeReason: 'insufficient',
  rationale: 'Twenty reports in the same words within the day, of a shop that does not exist.',
  by: { id: examplePersonId, name: 'Tam' },
  on: '2026-11-25',
  status: 'pending',
  reports: [
    { id: exampleReportId, status: 'pending' },
    { id: '16fd2706-8baf-433b-82eb-8c7fada847da', status: 'refused', code: 'invalid-transition' },
  ],
}

export const exampleItemDraft = {
  title: 'Suspected unlicensed shared house',
  text: '14 Marrow Close may be let to twelve people.',
  kind: 'fact',
  grade: {
    source: 2,
    intelligence: 'D',
    handling: 'C',
    conditions: [{ kind: 'permitted-recipients', agencies: ['planning-enforcement'] }],
  },
}

export const exampleItem = {
  id: 'c56a4180-65aa-42ec-a945-5fd21dec0538',
  version: 1,
  status: 'draft',
  author: examplePerson,
  authors: [examplePerson],
  at: '2026-11-25T10:30:00.000Z',
  decidedBy: null,
  refusal: null,
  ...exampleItemDraft,
}

export const exampleHistory = {
  items: [
    {
      seq: 41,
      at: '2026-11-25T10:00:00.000Z',
      actor: examplePerson,
      role: 'triager',
      action: 'consultation',
      target: `report/${exampleReportId}`,
      reason: 'First reading',
    },
  ],
}

export const exampleAgency = {
  slug: 'planning-enforcement',
  name: 'Planning enforcement',
  retired: false,
  kind: 'agency',
  keyHeldBy: 'service',
}

export const exampleAgencyKey = {
  kid: 'agy-Zm9vYmFyYmF6cXV4',
  publicKey: 'hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo',
  heldBy: 'agency',
  status: 'active',
  addedOn: '2026-11-24',
}

const exampleAddressed = {
  gateway: 'cda-1998-s115',
  basis: 'ukgdpr-public-task',
  purpose: 'To inspect the house under the Housing Act 2004.',
  leadOrInformation: 'lead',
  due: '2026-12-15',
}

export const exampleDisseminationDraft = {
  agency: 'planning-enforcement',
  items: [exampleItem.id],
  ...exampleAddressed,
  necessity: 'The team has the power to inspect and needs the address.',
  proportionality: 'Only the address and the number of people are passed on.',
}

export const exampleDissemination = {
  id: '2f1b6c1e-4a6f-4f0e-8d3b-9c1a7e5d2b44',
  agency: 'planning-enforcement',
  items: [
    {
      ...exampleItemDraft,
      version: 1,
      sha256: '9b74c9897bac770ffc029102a200c5de3a4d3fbbf1d1d4ddf3a8a1d3d3e9b2c1',
    },
  ],
  ...exampleAddressed,
  caveat:
    'Unconfirmed information, not evidence. Corroborate before overt or enforcement action. Do not reveal that a report exists.',
  status: 'sent',
  sentOn: '2026-11-26',
}

export const exampleStaffDissemination = {
  ...exampleDissemination,
  urgent: false,
  reviewBy: null,
  reviewed: false,
  expiresOn: null,
  author: examplePerson,
}

export const exampleOutcomeDraft = {
  type: 'planning-enforcement-notice',
  on: '2026-12-10',
  detail: 'Notice served; twelve people rehoused.',
  fourP: 'protect',
  disruption: 'moderate',
}

export const exampleOutcome = {
  id: '6a2f41a3-c54c-4fce-8f0a-3b1f2e9d8c70',
  ...exampleOutcomeDraft,
  agency: 'planning-enforcement',
  recordedOn: '2026-12-11',
}

export const exampleLink = {
  id: '0c9b6d4e-2f7a-4d35-9f0e-5b8a1c6d7e21',
  version: 1,
  kind: 'registration',
  reports: [exampleReportId, '8d3f9a52-61b4-4c0d-a7e9-2f5b6c1d0e37'],
  status: 'proposed',
  independence: 'unknown',
}

export const exampleFoundEntity = {
  entity: { kind: 'phone' as const, number: '07700 900123' },
  pointer: '/narrative',
  start: 57,
  end: 69,
}

export const exampleEntity = {
  id: '7b2e4c1d-90a8-4f63-8c5d-1e6f7a8b9c0d',
  entity: { kind: 'vehicle' as const, registration: 'ZZ19 AAB' },
  pointer: '/narrative',
  start: 24,
  end: 32,
  by: { id: examplePersonId, name: 'Sade' },
  at: '2026-11-25T10:15:00.000Z',
}

export const exampleWatchedItem = {
  kind: 'registration',
  value: 'ZZ19AAB',
  reports: 3,
  grades: ['2D-C'],
  agencies: ['law-enforcement'],
  lastDay: '2026-11-24',
}

export const exampleStaffMessage = {
  id: '3d6b8a52-0c55-4b0e-9d3c-5f4f7c1b8a10',
  from: 'staff',
  status: 'pending',
  author: examplePerson,
  authors: [examplePerson],
  text: 'Thank you. Is anybody in danger at the moment, as far as you know?',
  warnings: [],
  version: 1,
}

export const exampleConversation = {
  items: [
    {
      id: '9b2f6c1e-7a40-4d8b-8f37-2f7d5a6e0c44',
      number: 1,
      from: 'reporter',
      sentOn: '2026-11-24',
      text: 'One more thing: it is worse at weekends.',
      version: 1,
    },
    exampleStaffMessage,
  ],
  locked: false,
  lockedFor: [],
  ended: false,
  safetyMessages,
}
