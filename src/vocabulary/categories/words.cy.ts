import type { CategorySlug } from './categories.ts'

/** The categories in Welsh, as their sub-types and signs beside this. Made by people who are no native speakers: it wants a native check before it is shown for real. */

interface Words {
  readonly name: string
  readonly description: string
}

export const categoriesCy: Readonly<Record<CategorySlug, Words>> = {
  'drug-trafficking': {
    name: 'Masnachu cyffuriau',
    description:
      'Gwneud, tyfu, symud neu werthu cyffuriau anghyfreithlon, o un gornel stryd i storfa sy’n llawn parseli. Nid oes angen i chi wybod pa gyffur ydyw, na bod yn sicr. Os yw plant neu oedolion sy’n wynebu risg yn cael eu defnyddio i gario neu werthu cyffuriau, Llinellau sirol yw’r dewis gorau.',
  },
  'county-lines': {
    name: 'Llinellau sirol',
    description:
      'Gangiau sy’n gwerthu cyffuriau drwy linell ffôn ac yn ecsbloetio plant ac oedolion sy’n wynebu risg i’w cario, eu storio neu eu gwerthu, yn aml mewn tref arall. Gallant gymryd drosodd gartref rhywun na all wrthod yn hawdd. Beth bynnag y gwnaed iddynt ei wneud, mae angen amddiffyn plant ac oedolion sy’n cael eu defnyddio fel hyn.',
  },
  'human-trafficking': {
    name: 'Masnachu pobl',
    description:
      'Trefnu i bobl gael eu symud, neu eu symud, er mwyn eu hecsbloetio. Gall ddigwydd ar draws ffin, neu rhwng dwy stryd yn yr un dref. Efallai nad yw pobl sy’n cael eu masnachu yn rhydd i ofyn am help, a’u bod wedi clywed na fydd neb yn eu credu.',
  },
  'modern-slavery': {
    name: 'Caethwasiaeth fodern',
    description:
      'Pobl sy’n cael eu rheoli drwy fygythiadau, dyled, trais neu gelwydd, a’u gorfodi i weithio, cadw tŷ, troseddu neu werthu rhyw er budd rhywun arall. Mae rhai dan glo; nid yw llawer, ac eto ni allant adael. Efallai eu bod yn rhy ofnus, neu’n cael eu gwylio’n rhy agos, i ofyn am help.',
  },
  'child-sexual-exploitation': {
    name: 'Camfanteisio’n rhywiol ar blant',
    description:
      'Rhywun yn defnyddio ymddiriedaeth, rhoddion, bygythiadau neu bŵer i dynnu plentyn neu berson ifanc dan 18 oed i weithgarwch rhywiol, wyneb yn wyneb neu ar-lein. Nid bai’r plentyn yw hyn byth, beth bynnag a wnaeth neu a anfonodd. Os yw plentyn mewn perygl nawr, ffoniwch 999; peidiwch byth â chadw, anfon nac uwchlwytho llun o gam-drin, a rhowch y cyfeiriad gwe yn unig i’r Internet Watch Foundation.',
  },
  'theft-robbery': {
    name: 'Dwyn a lladrata',
    description:
      'Dwyn cyfundrefnol neu dro ar ôl tro: lladradau, cyfresi o fyrgleriaethau, cerbydau a pheiriannau wedi’u dwyn, gangiau sy’n targedu siopau, a phobl sy’n delio mewn nwyddau wedi’u dwyn. Os digwyddodd dwyn neu ladrad i chi, rhowch wybod i’r heddlu eich hun, ar 101 neu ar-lein: nid yw’r gwasanaeth hwn yn rhoi rhif trosedd.',
  },
  'fraud-financial-crime': {
    name: 'Twyll a throseddau ariannol',
    description:
      'Cael arian drwy dwyll, neu guddio o ble y daeth arian budr: sgamiau, masnachwyr twyllodrus, benthycwyr arian anghyfreithlon, busnesau ffug a llwgrwobrwyon. Os ydych chi wedi colli arian, ffoniwch eich banc ar unwaith, ac yna Report Fraud: nid eich bai chi oedd hyn. Yma gallwch ddweud wrthym am bobl sy’n gwneud hyn i eraill.',
  },
  'firearms-weapons': {
    name: 'Drylliau ac arfau',
    description:
      'Gynnau, bwledi, ffrwydron, cyllyll ac arfau eraill sy’n cael eu dal, eu gwneud, eu gwerthu neu eu cario’n anghyfreithlon. Os ydych newydd weld arf, neu os gall rhywun fod ar fin defnyddio un, ewch i le diogel a ffoniwch 999. Peidiwch â mynd yn agos at arf, ei gyffwrdd na’i symud.',
  },
  'counterfeit-illicit-goods': {
    name: 'Nwyddau ffug ac anghyfreithlon',
    description:
      'Nwyddau sy’n ffug, wedi’u smyglo, yn beryglus neu’n cael eu gwerthu i blant: sigaréts, fêps, alcohol, meddyginiaethau, teganau, dillad, nwyddau trydanol a mwy. Gall rhai anafu neu ladd, ac mae’r arian yn aml yn talu am droseddau eraill. Nid oes angen i chi fod yn sicr bod y nwyddau’n ffug.',
  },
  cybercrime: {
    name: 'Seiberdroseddu',
    description:
      'Troseddau yn erbyn cyfrifiaduron, ffonau a chyfrifon, neu drwyddynt: torri i mewn, cloi data am bridwerth, cymryd cyfrifon drosodd, dwyn data a gwerthu pethau anghyfreithlon ar-lein. Os yw’n digwydd i chi neu i’ch gwaith nawr, gall Report Fraud helpu. Yma gallwch ddweud wrthym am y rhai sy’n ei wneud.',
  },
  'property-misuse': {
    name: 'Camddefnyddio eiddo',
    description:
      'Cartrefi, unedau a thir yn cael eu defnyddio mewn ffyrdd na ddylent, lle gall pobl fod yn anniogel neu lle gellir cuddio trosedd. Enghreifftiau yw tai gosod gorlawn, pobl yn byw mewn siediau neu unedau, a safleoedd a ddefnyddir i storio neu i gamfanteisio’n rhywiol. Efallai nad oes gan y bobl sy’n byw yno unman arall i fynd, ac nid arnynt hwy y mae’r bai.',
  },
  'illegal-venue': {
    name: 'Lleoliadau anghyfreithlon a thrwyddedu',
    description:
      'Tafarndai, clybiau, siopau, partïon, lleoedd gamblo a thacsis sy’n gweithio heb y drwydded sydd ei hangen, neu sy’n torri ei thelerau mewn ffyrdd sy’n peryglu pobl. Mae hyn yn cynnwys lleoedd lle mae’r rhai sydd â gofal yn gadael i gyffuriau gael eu gwerthu neu eu defnyddio.',
  },
  'environmental-crime': {
    name: 'Troseddau amgylcheddol',
    description:
      'Gwastraff yn cael ei ollwng, ei gladdu, ei losgi neu ei gadw’n anghyfreithlon, fel arfer gan bobl sy’n cael eu talu i’w gludo. Mae’n gwenwyno tir a dŵr, ac mae’r arian yn aml yn mynd i droseddau cyfundrefnol. Cadwch draw o’r gwastraff ei hun: gall fod yn beryglus.',
  },
  'antisocial-behaviour': {
    name: 'Ymddygiad gwrthgymdeithasol',
    description:
      'Ymddygiad sy’n mynd ymlaen ac ymlaen, ac sy’n codi ofn ar bobl neu’n eu blino lle maent yn byw, yn gweithio neu’n treulio eu hamser. Nid oes rhaid i chi ei oddef nes iddo waethygu. Gofalwch adael allan yr hyn a fyddai’n dweud wrth bobl pwy ydych chi, fel rhif eich tŷ neu gŵyn gynharach.',
  },
  'other-serious-crime': {
    name: 'Troseddau difrifol eraill',
    description:
      'Trosedd ddifrifol nad yw’n gweddu i unman arall, ac unrhyw beth sy’n eich poeni na allwch ei osod. Os nad ydych yn siŵr, dewiswch Ddim yn siŵr a dywedwch wrthym yn eich geiriau eich hun: ein gwaith ni yw ei ddidoli, nid eich gwaith chi. Os oes rhywun mewn perygl nawr, ffoniwch 999 yn gyntaf.',
  },
}
