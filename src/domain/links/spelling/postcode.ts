import { readAs } from './written.ts'

const areas: ReadonlySet<string> = new Set(
  `AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G
  GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA
  PE PH PL PO PR QC RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS
  WV YO XX ZE ZZ`.split(/\s+/),
)
const outwardFormats = ['A9', 'A99', 'AA9', 'AA99', 'A9A', 'AA9A']
const inward = /^\d[A-Z]{2}$/
const eircode = /^[AC-FHKNPRTV-Y]\d[\dW][AC-FHKNPRTV-Y\d]{4}$/

export interface Postcode {
  /** Upper-case, without spaces. */
  code: string
  slips: number
}

/**
 * A British postcode or an Irish Eircode, upper-case, without spaces. The usual slips are mended where its format and the
 * list of areas leave one meaning: `W1A OAA`, `SWIA 2AA`.
 */
export function postcode(text: string): Postcode | undefined {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  if (plain.length < 5 || plain.length > 7) return undefined
  if (/^GIR[0O]AA$/.test(plain)) return { code: 'GIR0AA', slips: 0 }
  const end = readAs('9AA', plain.slice(-3))
  const meant = end && inward.test(end.text) ? outwardsOf(plain.slice(0, -3)) : []
  const fewest = Math.min(...meant.map(({ slips }) => slips))
  const likeliest = meant.filter(({ slips }) => slips === fewest)
  const [only] = likeliest
  if (end === undefined || only === undefined || likeliest.length > 1) {
    return eircode.test(plain) ? { code: plain, slips: 0 } : undefined
  }
  return { code: only.text + end.text, slips: only.slips + end.slips }
}

/** Whether the code alone names one building: an Eircode does. */
export function namesOneBuilding(code: string): boolean {
  return eircode.test(code) && !inward.test(code.slice(-3))
}

function outwardsOf(outward: string): { text: string; slips: number }[] {
  return outwardFormats.flatMap((format) => {
    const read = readAs(format, outward)
    return read !== undefined && areas.has(/^[A-Z]+/.exec(read.text)?.[0] ?? '') ? [read] : []
  })
}
