/** What every message to a reporter ends with, whoever wrote it. */
const standing = {
  en: 'Do not investigate or take risks. In an emergency call 999.',
  cy: 'Peidiwch ag ymchwilio na mentro. Mewn argyfwng ffoniwch 999.',
} as const

export const safetyMessageCodes = ['emergency', 'childline', 'do-not-investigate'] as const
export const safetyMessageLanguages = ['en', 'cy'] as const

export interface SafetyMessage {
  code: (typeof safetyMessageCodes)[number]
  language: (typeof safetyMessageLanguages)[number]
  text: string
}

/**
 * Fixed messages that protect the reporter. Nobody can put anything into them, so they need no second pair of eyes,
 * and no lock stops them: at night one person is on duty.
 */
export const safetyMessages: readonly SafetyMessage[] = [
  {
    code: 'emergency',
    language: 'en',
    text: 'If you or anyone else is in danger, call 999 now. On a mobile, if it is not safe to speak, press 55 when asked. This mailbox is not watched at all times and cannot send help.',
  },
  {
    code: 'emergency',
    language: 'cy',
    text: 'Os ydych chi neu unrhyw un arall mewn perygl, ffoniwch 999 nawr. Ar ffôn symudol, os nad yw’n ddiogel siarad, pwyswch 55 pan ofynnir i chi. Nid yw’r blwch hwn yn cael ei wylio bob amser ac ni all anfon cymorth.',
  },
  {
    code: 'childline',
    language: 'en',
    text: 'If you are under 19 you can talk to Childline about anything, free and at any time: 0800 1111 or childline.org.uk. The call does not show on the phone bill.',
  },
  {
    code: 'childline',
    language: 'cy',
    text: 'Os ydych chi o dan 19 oed gallwch siarad â Childline am unrhyw beth, am ddim ac ar unrhyw adeg: 0800 1111 neu childline.org.uk. Nid yw’r alwad yn ymddangos ar y bil ffôn.',
  },
  {
    code: 'do-not-investigate',
    language: 'en',
    text: 'Please do not try to learn more, and do not follow, question, photograph or record anyone. Nobody expects anything more of you. Your safety comes first.',
  },
  {
    code: 'do-not-investigate',
    language: 'cy',
    text: 'Peidiwch â cheisio dysgu mwy, a pheidiwch â dilyn, holi, tynnu lluniau na recordio neb. Nid oes neb yn disgwyl dim mwy gennych. Eich diogelwch chi sy’n dod gyntaf.',
  },
]

/** The fixed message that says exactly this. */
export function safetyMessageOf(text: string): SafetyMessage | undefined {
  return safetyMessages.find((message) => message.text === text)
}

/** The text as it goes out: with the standing words in English, and in Welsh for who writes Welsh. */
export function withStanding(text: string, language: string | undefined): string {
  const welsh = language?.toLowerCase().split('-')[0] === 'cy'
  return [text, ...(welsh ? [standing.cy] : []), standing.en].join('\n\n')
}
