import { readFileSync } from 'node:fs'
import { namesIn } from '../../src/domain/links/names.ts'
import { account, uprn } from '../../src/domain/links/spelling/account.ts'
import { address } from '../../src/domain/links/spelling/address.ts'
import { handle } from '../../src/domain/links/spelling/handle.ts'
import { organisationNumber } from '../../src/domain/links/spelling/organisationNumber.ts'
import { phone } from '../../src/domain/links/spelling/phone.ts'
import { registration } from '../../src/domain/links/spelling/registration.ts'
import { type Test, t } from '../support/suite.ts'

/** Kind → cases: what is written (an address in two parts), and what it names. */
type Cases = Record<string, (string | null)[][]>
const fixture = new URL('../../../fixtures/cases/normalise.json', import.meta.url)
const real: Cases = JSON.parse(readFileSync(fixture, 'utf8'))

const spell: Record<string, (text: string, more: string) => string | undefined> = {
  registration,
  phone,
  address,
  organisationNumber: (text) => organisationNumber(text),
  handle,
  account,
}

function expectAll(t: Test, kind: string, cases: Record<string, string | undefined>): void {
  for (const [text, expected] of Object.entries(cases)) t.equal(spell[kind]?.(text, ''), expected, text)
}

t.test('what real officers and reporters wrote is understood as they meant it', async (t) => {
  for (const [kind, cases] of Object.entries(real)) {
    for (const [text = '', second = '', third = ''] of cases) {
      const expected = kind === 'address' ? third?.replace(/ \(.*/, '') : second
      if (expected?.startsWith('must differ from company ')) {
        const company = expected.replace('must differ from company ', '')
        t.notSame(spell[kind]?.(text ?? '', ''), spell[kind]?.(company, ''), `${text}`)
        t.ok(spell[kind]?.(text ?? '', ''), `${text}`)
      } else {
        t.equal(spell[kind]?.(text ?? '', second ?? '') ?? null, expected, `${kind}: ${text} ${second}`)
      }
    }
  }
})

t.test('a hundred further spellings are understood, and what is half-remembered names nothing', async (t) => {
  const more: Cases = JSON.parse(
    readFileSync(new URL('../../../fixtures/spellings.json', import.meta.url), 'utf8'),
  )
  t.ok(Object.values(more).flat().length > 100)
  for (const [kind, cases] of Object.entries(more)) {
    for (const one of cases) {
      const [text, second] = [one[0] ?? '', one.length > 2 ? (one[1] ?? '') : '']
      t.equal(spell[kind]?.(text, second) ?? null, one.at(-1), `${kind}: ${text} ${second}`)
    }
  }
})

t.test('a registration is whole, of whatever country, or names nothing', async (t) => {
  expectAll(t, 'registration', {
    'zz19 aab': 'ZZ19AAB',
    ' Zz 19-aAb ': 'ZZ19AAB',
    'ZZ19.AAB': 'ZZ19AAB',
    '"AB12–CDE",': 'AB12CDE',
    'Reg. No: AB12 CDE': 'AB12CDE',
    'GB AB12 CDE': 'AB12CDE',
    'a blue van, AB12 CDE': 'AB12CDE',
    'ABO2 CDE': 'AB02CDE',
    '0A12 CDE': 'OA12CDE',
    'A1O3 ABC': 'A103ABC',
    // Older, without a date, Northern Irish and Irish.
    'P1 ABC': 'P1ABC',
    'ABC 1D': 'ABC1D',
    'AZ 1234': 'AZ1234',
    '1234 AB': '1234AB',
    '123 ABZ': '123ABZ',
    'AIG 234': 'AIG234',
    '12 KY 45': '12KY45',
    '05-MH-1234': '05MH1234',
    // Diplomatic, military, trade.
    '269 D 101': '269D101',
    'AB 12 AB': undefined,
    'trade plate 123 AB': '123AB',
    '12345 (trade)': '12345',
    // Other countries'.
    'M-AB 123': 'MAB123',
    'MÜ-AB 1234': 'MÜAB1234',
    'HH AB 123': 'HHAB123',
    'AB-123-CD': 'AB123CD',
    'WA 12345': 'WA12345',
    'PO 1AB23': 'PO1AB23',
    'CJ 12 ABC': 'CJ12ABC',
    'ABC 123 (Lithuanian)': 'ABC123',
    'LT ABC 123': 'ABC123',
    '1-ABC-123': '1ABC123',
    'D B-AB 1234': 'BAB1234',
    'PL WA 12345': 'WA12345',
    '1234 BCD': '1234BCD',
    'AB-12-CD': 'AB12CD',
    // Parts.
    ZZ19: undefined,
    'ZZ19 A*B': undefined,
    'A.12 CDE': undefined,
    'AB12 CD': undefined,
    'AB 12': undefined,
    '123 AB': undefined,
    'VXP 1': undefined,
    'AB12CDE or AB12CDF': undefined,
    'AUDI 80': undefined,
    'white van': undefined,
    '': undefined,
  })
})

t.test('a telephone number is whole for its country, or names nothing', async (t) => {
  const whole = [
    '07700 900417',
    '+44 7700 900417',
    '0044 7700 900417',
    '0044 (0)7700 900417',
    '(07700) 900-417',
    '447700900417',
    '07700/900417.',
    '07700 900417 ext. 12',
    '07700 900417x4',
    'mobile: 07700 900417',
    '07700 900417 (his mother)',
    'O77OO 9OO4I7',
    '٠٧٧٠٠٩٠٠٤١٧',
  ]
  for (const text of whole) t.equal(phone(text), '+447700900417', text)
  expectAll(t, 'phone', {
    '01632 960123': '+441632960123',
    '0800 1111': '+448001111',
    '00353 87 123 4567': '+353871234567',
    '+353 (0)87 123 4567': '+353871234567',
    '+40 721 234 567': '+40721234567',
    '+370 612 34567': '+37061234567',
    '07911 123xxx': undefined,
    '07911 123...': undefined,
    '07911 123***': undefined,
    '0800 11113xx': undefined,
    '07700 90041?': undefined,
    '+44 7700 900 12': undefined,
    '07700 9004177': undefined,
    '+353 87 123': undefined,
    '087 123 4567': undefined,
    '0800 FLOWERS': undefined,
    '116 123': undefined,
    '': undefined,
  })
})

t.test('an address is a postcode and the number of a house', async (t) => {
  for (const text of [
    '14 Marrow Close',
    'Flat 2 14 Marrow Close',
    'Flat A, 14 Marrow Close',
    'Ground floor flat, 14 Marrow Close',
    '14/2 Marrow Close',
    '14, Flat 2',
    'number 14 Marrow Close',
    'Nº 14, Marrow Close',
    'Rhif 14',
    '(14) Marrow Close',
    'Marrow Close 14',
    '14½ Marrow Close',
    '14 Y Maes',
    '14 1st Avenue',
    '14 Marrow Close AB1 2CD',
  ]) {
    t.equal(address(text, 'AB1 2CD'), 'AB12CD 14', text)
  }
  for (const [text, postcode, expected] of [
    ['14a–14b Marrow Close', 'AB1 2CD', 'AB12CD 14A-14B'],
    ['14A Marrow Close', 'AB1-2CD', 'AB12CD 14A'],
    ['14-A Marrow Close', 'AB1 2CD', 'AB12CD 14A'],
    ['14 to 16', 'AB1 2CD', 'AB12CD 14-16'],
    ['14 Marrow Close', 'W1A OAA', 'W1A0AA 14'],
    ['14 Marrow Close', '0X1 2AB', 'OX12AB 14'],
    ['14 Marrow Close', 'BN l 4GH', 'BN14GH 14'],
    ['1O Downing Street', 'SW1A 2AA', 'SW1A2AA 10'],
    ['14 Marrow Close, Harrowmere, BS99 1AA', '', 'BS991AA 14'],
    ['14 Marrow Close, SWIA 2AA.', '', 'SW1A2AA 14'],
    ['D02 X285', '', 'D02X285'],
    ['Marrow Close', 'BS99 1AA', undefined],
    ['Flat 2', 'BS99 1AA', undefined],
    ['14 Marrow Close', 'B1', undefined],
    ['14 Marrow Close', '', undefined],
    ['AB1 2CD', '', undefined],
  ] as const) {
    t.equal(address(text, postcode), expected, `${text} ${postcode}`)
  }
  t.equal(uprn('000100'), uprn('100'))
})

t.test('numbers of companies, charities and taxpayers are told apart', async (t) => {
  expectAll(t, 'organisationNumber', {
    '123456': '00123456',
    '1234567': '01234567',
    'Company number: 01234567.': '01234567',
    O1234567: '01234567',
    SC12345: 'SC012345',
    '0C3O1234': 'OC301234',
    SCI23456: 'SC123456',
    'LP 1234': 'LP001234',
    'NIC 100123': 'CHARITY NIC100123',
    'NI charity 100123': 'CHARITY NIC100123',
    'Registered charity no. 1234567': 'CHARITY 1234567',
    'Charity 1234567-1': 'CHARITY 1234567',
    'VAT 123 4567 89': 'GB123456789',
    'XI 123456789': 'GB123456789',
    'IE 1234567T': 'IE1234567T',
    SP1234RS: 'SP1234RS',
    '123': undefined,
    'Acme Ltd': undefined,
  })
  t.equal(organisationNumber('1234567', 'The Harrowmere Charity'), 'CHARITY 1234567')
  t.equal(organisationNumber('company 1234567', 'The Harrowmere Charity'), '01234567')
})

t.test('a user name is one on whatever site, and out of the address of its page', async (t) => {
  for (const text of [
    '@Some_User',
    'some_user.',
    'insta: some_user',
    'IG @some_user',
    'his insta is @some_user',
    'SOME_USER (instagram)',
    'u/some_user',
    'https://www.instagram.com/Some_User/?hl=en',
    'm.facebook.com/some_user',
    'https://tiktok.com/@some_user/video/1',
    'https://x.com/some_user/status/1',
    'https://snapchat.com/add/some_user',
    'https://reddit.com/user/some_user',
  ]) {
    t.equal(handle(text), 'some_user', text)
  }
  t.equal(handle('https://facebook.com/profile.php?id=1000123'), '1000123')
  t.equal(handle('mailto:Name@Example.test'), 'name@example.test')
  t.equal(handle('@x'), undefined)
  t.same(
    namesIn({
      category: 'cybercrime',
      narrative: '',
      entities: [{ kind: 'online', url: 'https://x.com/i/a' }],
    }),
    [],
  )
})

t.test('an account is one with or without its separators', async (t) => {
  expectAll(t, 'account', {
    '12-34-56 12345678': '12345612345678',
    'sort code 12-34-56 account 12345678': '12345612345678',
    'gb29 nwbk 6016 1331 9268 19': 'GB29NWBK60161331926819',
    '1BoatSLRHtKNngkdXEeobR76b53LETtpyT': '1BoatSLRHtKNngkdXEeobR76b53LETtpyT',
    'A@B.test': 'a@b.test',
    '12345': undefined,
  })
})

t.test('a field that holds two things names both, and an umlaut that is left out hides none', async (t) => {
  const names = (entities: Parameters<typeof namesIn>[0]['entities'] & object) =>
    namesIn({ category: 'cybercrime', narrative: '', entities })
  t.same(names([{ kind: 'phone', number: '07700 900123 or 07700 900124' }]), [
    { kind: 'phone', value: '+447700900123' },
    { kind: 'phone', value: '+447700900124' },
  ])
  t.same(
    names([
      { kind: 'vehicle', registration: 'MÜ-AB 1234' },
      { kind: 'vehicle', registration: 'mu ab 1234' },
      { kind: 'vehicle', registration: 'AB12CDE / AB12CDF' },
      { kind: 'premises', address: '14 Marrow Close, BS99 1AA' },
    ]),
    [
      { kind: 'registration', value: 'MUAB1234' },
      { kind: 'registration', value: 'AB12CDE' },
      { kind: 'registration', value: 'AB12CDF' },
      { kind: 'address', value: 'BS991AA 14' },
    ],
  )
})
