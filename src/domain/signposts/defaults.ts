import type { Signpost } from './signpost.ts'

/** The day on which the entries below were last compared with what the services publish. */
const checkedOn = '2026-11-24'

/**
 * The signposts as released, in the order in which they are shown. An operator corrects them without a
 * release (see `loadSignposts`). Opening hours are named only where a wrong one would be unlikely: someone
 * who is sent to a closed line at night may not try a second time.
 */
export const defaultSignposts = [
  {
    code: 'emergency',
    label: 'Police emergency',
    phone: '999',
    url: 'https://999bsl.co.uk/',
    availability:
      'At any time, free. Deaf, or unable to speak? Use 999bsl.co.uk or its app for British Sign Language, text relay with the Relay UK app or 18000 on a textphone, or text 999 if your phone is registered (to register, text the word register to 999). On a mobile, if it is not safe to speak, press 55 when asked.',
    reason:
      'If someone is in danger now, or a crime is happening, call first. This service cannot send help.',
    urgent: true,
    checkedOn,
  },
  {
    code: 'police',
    label: 'Police non-emergency',
    phone: '101',
    url: 'https://www.police.uk/',
    availability: 'At any time, free. With text relay: 18001 101.',
    reason: 'To report a crime that happened to you, or to speak to the police when it is not an emergency.',
    urgent: false,
    checkedOn,
  },
  {
    code: 'crimestoppers',
    label: 'Crimestoppers',
    phone: '0800 555 111',
    url: 'https://crimestoppers-uk.org/',
    availability: 'At any time, free.',
    reason: 'An independent charity that takes information about crime anonymously, by phone or online.',
    urgent: false,
    checkedOn,
  },
  {
    code: 'childline',
    label: 'Childline (under-19s)',
    phone: '0800 1111',
    url: 'https://www.childline.org.uk/',
    availability: 'At any time, free.',
    reason: 'If you are under 19, you can talk to someone about anything, whatever has happened.',
    urgent: false,
    checkedOn,
  },
  {
    code: 'nspcc',
    label: 'NSPCC helpline (adults worried about a child)',
    phone: '0808 800 5000',
    url: 'https://www.nspcc.org.uk/keeping-children-safe/reporting-abuse/',
    availability: 'Free. See the website for the hours of the phone line, and to write at any time.',
    reason: 'If you are worried about a child, you can get advice, without giving your name.',
    urgent: false,
    checkedOn,
  },
  {
    code: 'children-social-care',
    label: "Children's social care",
    phone: null,
    url: null,
    availability: 'Given by the local council, with its number outside office hours.',
    reason: 'The council protects children who are being harmed or are at risk of harm.',
    urgent: false,
    checkedOn,
  },
  {
    code: 'adult-social-care',
    label: 'Adult social care',
    phone: null,
    url: null,
    availability: 'Given by the local council, with its number outside office hours.',
    reason: 'The council protects adults who need care or support and are at risk of abuse or neglect.',
    urgent: false,
    checkedOn,
  },
  {
    code: 'modern-slavery',
    label: 'Modern Slavery & Exploitation Helpline',
    phone: '08000 121 700',
    url: 'https://www.modernslaveryhelpline.org/',
    availability: 'Free, with interpreters. See the website for the hours, and to write at any time.',
    reason:
      'Independent advice for people who are being exploited, and for those who are worried about them.',
    urgent: false,
    checkedOn,
  },
  {
    code: 'report-fraud',
    label: 'Report Fraud',
    phone: '0300 123 2040',
    url: 'https://www.reportfraud.police.uk/',
    availability: 'Online at any time. By phone Monday to Friday, 8am to 8pm.',
    reason:
      'If you or your organisation lost money, data or access, report it here (it replaced Action Fraud). Call your bank first.',
    urgent: false,
    checkedOn,
  },
  {
    code: 'fearless',
    label: 'Fearless (under-18s)',
    phone: null,
    url: 'https://www.fearless.org/',
    availability: 'Online at any time.',
    reason: 'If you are under 18, you can read about crime and say what you know, anonymously.',
    urgent: false,
    checkedOn,
  },
  {
    code: 'hmrc',
    label: 'HMRC fraud hotline',
    phone: '0800 788 887',
    url: 'https://www.gov.uk/report-tax-fraud',
    availability: 'Online at any time. See the website for the hours of the phone line.',
    reason: 'HM Revenue and Customs deals with tax evasion and with untaxed tobacco and alcohol.',
    urgent: false,
    checkedOn,
  },
  {
    code: 'anti-terrorist',
    label: 'Anti-Terrorist Hotline',
    phone: '0800 789 321',
    url: 'https://www.gov.uk/ACT',
    availability: 'At any time, free. In an emergency call 999.',
    reason: 'Specialist officers can act on it at once. No call is a waste of their time.',
    urgent: true,
    checkedOn,
  },
  {
    code: 'police-corruption',
    label: 'Police anti-corruption and abuse line (Crimestoppers)',
    phone: '0800 085 0000',
    url: 'https://crimestoppers-uk.org/',
    availability: 'Free. Online at any time.',
    reason: 'Independent and anonymous, for corruption or abuse by police officers, staff or volunteers.',
    urgent: false,
    checkedOn,
  },
  {
    code: 'stop-loan-sharks',
    label: 'Stop Loan Sharks (England)',
    phone: '0300 555 2222',
    url: 'https://www.stoploansharks.co.uk/',
    availability: 'At any time.',
    reason: 'If someone lends money illegally, to you or to others. A person who borrowed has done no wrong.',
    urgent: false,
    checkedOn,
  },
  {
    code: 'iwf',
    label: 'Internet Watch Foundation',
    phone: null,
    url: 'https://report.iwf.org.uk/',
    availability: 'Online at any time.',
    reason:
      'For sexual images of children on the internet: give the web address there, and never upload or send an image here. If a child is being abused, or the image is on a device, tell the police.',
    urgent: false,
    checkedOn,
  },
  {
    code: 'nca',
    label: 'National Crime Agency',
    phone: null,
    url: 'https://www.nationalcrimeagency.gov.uk/what-we-do/crime-threats',
    availability: 'Online at any time.',
    reason: 'To read what serious and organised crime is.',
    urgent: false,
    checkedOn,
  },
] as const satisfies readonly Signpost[]

export type SignpostCode = (typeof defaultSignposts)[number]['code']
