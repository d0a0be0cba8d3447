import { notice } from '../signposts/inLanguage.ts'

/** What sharing something in is not, and when it is read next. */
export function noticeToPartners(nextRead: string): string {
  return [
    'This is not for what is happening now: call 999; for what cannot wait, 101.',
    'It is no referral: where a child or an adult is at risk, refer to children’s or adult social care as your own procedures say, and say so here.',
    'It is no place for what the law reserves: nothing marked above OFFICIAL, nothing from or about a covert human source, nothing under legal privilege.',
    notice(nextRead),
  ].join(' ')
}
