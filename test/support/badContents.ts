import type { SealedContent } from '../../src/domain/envelope/sealedReport.ts'

const deep = (levels: number) => Buffer.from('['.repeat(levels) + ']'.repeat(levels))

/** Sealed well, and nothing that the kind of thing could be: of any kind. */
export const badContents: Record<string, unknown> = {
  null: null,
  'a number': 7,
  'a text': 'A fictional text.',
  'an empty list': [],
  'an empty object': {},
  'no bytes': Buffer.alloc(0),
  'no JSON': Buffer.from('A fictional report, in words.'),
  'JSON cut short': Buffer.from('{"report":{"category":'),
  'no UTF-8': Buffer.from([0x22, 0xff, 0xfe, 0x22]),
  'a byte order mark': Buffer.from('\ufeff{}'),
  'a text that is null': { text: null },
  'a deep list': deep(100_000),
  'very many values': Array.from({ length: 200_000 }, () => 0),
  'its own prototype': Buffer.from('{"__proto__":{"text":"A fictional text."}}'),
}

const wrong = (change: (honest: SealedContent) => unknown) => change

/** And of a report, which is nearly one. */
export const badReports: Record<string, (honest: SealedContent) => unknown> = {
  ...Object.fromEntries(Object.entries(badContents).map(([how, content]) => [how, () => content])),
  'no report': wrong(({ report: _report, ...rest }) => rest),
  'a report that is null': wrong((honest) => ({ ...honest, report: null })),
  'a report that is empty': wrong((honest) => ({ ...honest, report: {} })),
  'no narrative': wrong(({ report: { narrative: _narrative, ...report }, ...rest }) => ({ ...rest, report })),
  'a narrative that is a list': wrong((honest) => ({
    ...honest,
    report: { ...honest.report, narrative: ['A', 'B'] },
  })),
  'a category that is not there': wrong((honest) => ({
    ...honest,
    report: { ...honest.report, category: 'constructor' },
  })),
  'a field that is not there': wrong((honest) => ({
    ...honest,
    report: { ...honest.report, deviceId: 'fictional' },
  })),
  'a prototype within': wrong((honest) =>
    Buffer.from(JSON.stringify(honest).replace('"category"', '"__proto__":{"category":"x"},"category"')),
  ),
  'entities that are null': wrong((honest) => ({
    ...honest,
    report: { ...honest.report, entities: [null] },
  })),
  'an entity of no kind': wrong((honest) => ({
    ...honest,
    report: { ...honest.report, entities: [{ kind: 'toString' }] },
  })),
  'no proposals': wrong((honest) => ({ ...honest, proposals: null })),
  'proposals of nothing': wrong((honest) => ({ ...honest, proposals: [null] })),
  'no mailbox': wrong((honest) => ({ ...honest, mailbox: null })),
  'a mailbox without keys': wrong((honest) => ({ ...honest, mailbox: { id: honest.mailbox.id } })),
}
