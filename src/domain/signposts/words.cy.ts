import type { SignpostCode } from './defaults.ts'
import type { Signpost } from './signpost.ts'

export type SignpostWords = Pick<Signpost, 'label' | 'availability' | 'reason'>

/** The signposts in Welsh, which wants a native check. Names of services stay as the services write them. */
export const signpostsCy: Readonly<Record<SignpostCode, SignpostWords>> = {
  emergency: {
    label: 'Yr heddlu, mewn argyfwng',
    availability:
      'Unrhyw bryd, am ddim. Yn fyddar, neu’n methu siarad? Defnyddiwch 999bsl.co.uk neu ei ap ar gyfer Iaith Arwyddion Prydain, cyfnewid testun gydag ap Relay UK neu 18000 ar ffôn testun, neu anfonwch neges destun i 999 os yw eich ffôn wedi’i gofrestru (i gofrestru, anfonwch y gair register i 999). Ar ffôn symudol, os nad yw’n ddiogel siarad, pwyswch 55 pan ofynnir i chi.',
    reason:
      'Os oes rhywun mewn perygl nawr, neu os yw trosedd yn digwydd, ffoniwch yn gyntaf. Ni all y gwasanaeth hwn anfon help.',
  },
  police: {
    label: 'Yr heddlu, pan nad yw’n argyfwng',
    availability: 'Unrhyw bryd, am ddim. Gyda chyfnewid testun: 18001 101.',
    reason: 'I roi gwybod am drosedd a ddigwyddodd i chi, neu i siarad â’r heddlu pan nad yw’n argyfwng.',
  },
  crimestoppers: {
    label: 'Crimestoppers',
    availability: 'Unrhyw bryd, am ddim.',
    reason: 'Elusen annibynnol sy’n derbyn gwybodaeth am droseddau yn ddienw, dros y ffôn neu ar-lein.',
  },
  childline: {
    label: 'Childline (o dan 19 oed)',
    availability: 'Unrhyw bryd, am ddim.',
    reason: 'Os ydych o dan 19 oed, gallwch siarad â rhywun am unrhyw beth, beth bynnag sydd wedi digwydd.',
  },
  nspcc: {
    label: 'Llinell gymorth NSPCC (oedolion sy’n poeni am blentyn)',
    availability: 'Am ddim. Gweler y wefan am oriau’r llinell ffôn, ac i ysgrifennu unrhyw bryd.',
    reason: 'Os ydych yn poeni am blentyn, gallwch gael cyngor, heb roi eich enw.',
  },
  'children-social-care': {
    label: 'Gofal cymdeithasol plant',
    availability: 'Gan y cyngor lleol, gyda’i rif y tu allan i oriau swyddfa.',
    reason: 'Mae’r cyngor yn amddiffyn plant sy’n cael eu niweidio neu sy’n wynebu risg o niwed.',
  },
  'adult-social-care': {
    label: 'Gofal cymdeithasol oedolion',
    availability: 'Gan y cyngor lleol, gyda’i rif y tu allan i oriau swyddfa.',
    reason:
      'Mae’r cyngor yn amddiffyn oedolion sydd angen gofal neu gymorth ac sy’n wynebu risg o gam-drin neu esgeulustod.',
  },
  'modern-slavery': {
    label: 'Llinell Gymorth Caethwasiaeth Fodern a Chamfanteisio',
    availability: 'Am ddim, gyda chyfieithwyr. Gweler y wefan am yr oriau, ac i ysgrifennu unrhyw bryd.',
    reason: 'Cyngor annibynnol i bobl sy’n cael eu hecsbloetio, ac i’r rhai sy’n poeni amdanynt.',
  },
  'report-fraud': {
    label: 'Report Fraud',
    availability: 'Ar-lein unrhyw bryd. Dros y ffôn o ddydd Llun i ddydd Gwener, 8am i 8pm.',
    reason:
      'Os ydych chi neu eich sefydliad wedi colli arian, data neu fynediad, rhowch wybod amdano yma (daeth yn lle Action Fraud). Ffoniwch eich banc yn gyntaf.',
  },
  fearless: {
    label: 'Fearless (o dan 18 oed)',
    availability: 'Ar-lein unrhyw bryd.',
    reason:
      'Os ydych o dan 18 oed, gallwch ddarllen am droseddau a dweud yr hyn rydych yn ei wybod, yn ddienw.',
  },
  hmrc: {
    label: 'Llinell dwyll CThEF (HMRC)',
    availability: 'Ar-lein unrhyw bryd. Gweler y wefan am oriau’r llinell ffôn.',
    reason: 'Mae Cyllid a Thollau EF yn delio ag efadu treth ac â thybaco ac alcohol heb dalu treth arnynt.',
  },
  'anti-terrorist': {
    label: 'Llinell Gymorth Gwrthderfysgaeth',
    availability: 'Unrhyw bryd, am ddim. Mewn argyfwng ffoniwch 999.',
    reason:
      'Gall swyddogion arbenigol weithredu arno ar unwaith. Nid oes yr un alwad yn gwastraffu eu hamser.',
  },
  'police-corruption': {
    label: 'Llinell yn erbyn llygredd a cham-drin gan yr heddlu (Crimestoppers)',
    availability: 'Am ddim. Ar-lein unrhyw bryd.',
    reason: 'Annibynnol a dienw, am lygredd neu gam-drin gan swyddogion, staff neu wirfoddolwyr yr heddlu.',
  },
  'stop-loan-sharks': {
    label: 'Stop Loan Sharks (Lloegr)',
    availability: 'Unrhyw bryd.',
    reason:
      'Os yw rhywun yn benthyca arian yn anghyfreithlon, i chi neu i eraill. Nid yw’r sawl a gafodd fenthyg wedi gwneud dim o’i le.',
  },
  iwf: {
    label: 'Internet Watch Foundation',
    availability: 'Ar-lein unrhyw bryd.',
    reason:
      'Am luniau rhywiol o blant ar y rhyngrwyd: rhowch y cyfeiriad gwe yno, a pheidiwch byth ag uwchlwytho nac anfon llun yma. Os yw plentyn yn cael ei gam-drin, neu os yw’r llun ar ddyfais, dywedwch wrth yr heddlu.',
  },
  nca: {
    label: 'Yr Asiantaeth Troseddau Cenedlaethol (NCA)',
    availability: 'Ar-lein unrhyw bryd.',
    reason: 'I ddarllen beth yw troseddau difrifol a threfnedig.',
  },
}
