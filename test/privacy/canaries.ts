import { newReceipt } from '../../src/crypto/receipt.ts'
import { exif, plain, segment, withSegments } from '../images/fixtures.ts'

/** Short, since Postgres compresses long values, and a compressed one hides from a search. */
const canary = (name: string) => `QzJvKx${name}`

/** Where a connection comes from. */
export const sourceAddress = '127.83.91.67'

/** What a client tells without meaning to, or by mistake. None of it may be found anywhere. */
export const ofClient = {
  'source address': sourceAddress,
  'X-Forwarded-For': '198.51.100.213',
  'X-Real-IP': '203.0.113.187',
  'Forwarded address': '192.0.2.171',
  Forwarded: canary('Fw1'),
  'User-Agent': canary('Ua2'),
  Cookie: canary('Ck3'),
  Referer: canary('Rf4'),
  'Accept-Language': canary('Al5'),
  'unknown header': canary('Uh6'),
  'header name': canary('Hn7'),
  Origin: canary('Or8'),
  Host: canary('Ho9'),
  'If-None-Match': canary('In1'),
  'Challenge-Solution': canary('Cs2'),
  query: canary('Qs3'),
  path: canary('Pa4'),
  Authorization: canary('Az5'),
  'Idempotency-Key': canary('Ik6AbcdefAbcdefAbcdef'),
  'broken JSON': canary('Bj7'),
  'broken HTTP': canary('Bh8'),
  'rejected value': canary('Rv9'),
  'rejected property': canary('Rp1'),
  'content type': canary('Ct2'),
  method: canary('Mt3').toUpperCase(),
  filter: canary('Fi4'),
  'page key': canary('Pk1AbcdefAbcdefAbc'),
  'file name': canary('Fn2'),
} as const

/** What a report holds: sealed wherever it lies, and told only to who opens the report. */
export const ofReport = {
  narrative: canary('Na1'),
  name: canary('Nm2'),
  registration: canary('Rg3'),
  phone: canary('Te4'),
  address: canary('Ad5'),
  postcode: canary('Pc6'),
  handle: canary('Hd7'),
  link: canary('Li8'),
  when: canary('Tm9'),
} as const

/** What staff and the holder of a receipt write. */
export const written = {
  'Audit-Reason': canary('Ar1'),
  message: canary('Ms1'),
  note: canary('Nt1'),
  entity: canary('En1'),
  title: canary('Ti1'),
  text: canary('Tx1'),
  reason: canary('Re1'),
  search: canary('Se1'),
  draft: canary('Dr1'),
  rationale: canary('Rt1'),
  'source note': canary('Sn1'),
  contact: canary('Co1'),
} as const

/** What a telephone writes into a picture, as test/images/fixtures.ts writes it, and what programs add. */
const inPicture = {
  make: 'CANARY-make',
  'maker note': 'CANARY-maker-note',
  'GPS method': 'CANARY-gps-method',
  'GPS date': 'CANARY-gps-date',
  thumbnail: 'CANARY-thumbnail',
  XMP: 'CANARY-xmp',
  comment: 'CANARY-comment',
  'after its end': 'CANARY-trailing',
} as const

/** A picture that tells who took it, where and with what. */
export const photograph = Buffer.concat([
  withSegments(
    await plain(64, 48).jpeg().toBuffer(),
    segment(0xe1, 'Exif\0\0', exif(6, await plain(16, 12).jpeg().toBuffer())),
    segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', `<x:xmpmeta>${inPicture.XMP}</x:xmpmeta>`),
    segment(0xfe, inPicture.comment),
  ),
  Buffer.from(inPicture['after its end']),
])

/** Well-formed, and opens nothing. */
export const unknownReceipt = newReceipt()

export const canaries: Readonly<Record<string, string>> = {
  ...ofClient,
  ...ofReport,
  ...written,
  ...inPicture,
  'unknown receipt': unknownReceipt,
  'unknown receipt without hyphens': unknownReceipt.replaceAll('-', ''),
}

/** Every header that a client might send without meaning to. */
export const clientHeaders: readonly string[] = [
  `x-forwarded-for: ${ofClient['X-Forwarded-For']}`,
  `x-real-ip: ${ofClient['X-Real-IP']}`,
  `forwarded: for=${ofClient['Forwarded address']};by=${ofClient.Forwarded}`,
  `user-agent: ${ofClient['User-Agent']}`,
  `cookie: session=${ofClient.Cookie}`,
  `referer: https://${ofClient.Referer}.example/`,
  `accept-language: ${ofClient['Accept-Language']}`,
  `x-unknown: ${ofClient['unknown header']}`,
  `${ofClient['header name']}: 1`,
  `origin: https://${ofClient.Origin}.example`,
  `if-none-match: "${ofClient['If-None-Match']}"`,
  `challenge-solution: ${ofClient['Challenge-Solution']}`,
]

/** A report with a canary in every kind of field that takes words. */
export const report = {
  category: 'cybercrime',
  narrative: `A fictional report by a fictional ${ofReport.narrative}, long enough.`,
  when: { mode: 'past', text: ofReport.when },
  places: [{ address: ofReport.address, postcode: ofReport.postcode }],
  entities: [
    { kind: 'person', name: ofReport.name, ref: 'a' },
    { kind: 'vehicle', registration: ofReport.registration },
    { kind: 'phone', number: ofReport.phone },
    { kind: 'online', handle: ofReport.handle, linkedTo: ['a'] },
  ],
  links: [`https://${ofReport.link}.example/`],
}
