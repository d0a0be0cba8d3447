import { foldWord, stem } from './words.ts'

/**
 * Words that say nothing of a report, however often it uses them: a message may use them too. What is not here and
 * stands in a report is a word of that report. Concrete things, colours, days and months are left out on purpose.
 */
const english = `
a an the this that these those some any each every either neither both all most many much more less few several
other another such own same enough one two three four five six seven eight nine first second last next only
i me my mine myself we us our ours you your yours yourself he him his himself she her hers they them their theirs
it its itself who whom whose which what whoever whatever somebody someone something anybody anyone anything nobody
everybody everyone everything nothing none no not nor yes ok okay and or but if so than then because though although
while whether unless until since as at by for from in into of off on onto out over to up with without within about
above after again against along among around away back before behind below between beyond during down here there
near past per round through throughout toward under upon via where wherever when whenever why how
am is are was were be been being do does did done doing have has had having can could may might must shall should
will would cannot don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven hadn
ask answer add allow appear arrive attend become begin believe bring call came care carry change check choose come
contact continue cover decide describe expect explain feel felt find found follow forget get give given gave go gone
got guess happen hear heard help hold hope hurt idea inform keep kept knew know known learn leave left let like listen
live lived living look lose make made mean meant mention mind miss move need note notice offer open put reach read
receive remember remain reply report return run said save saw say see seem seen send sent set share show shown shut
speak spoke spoken start stay stop suggest suppose support take taken talk tell thank think thought told took try turn
understand use used visit wait want warn watch welcome went will wish wonder work worry write written wrote worried
able afraid alone alright also already always almost available aware bad best better big busy certain clear close
correct current danger dangerous different difficult direct due early easy else even ever exact fair far fast fine
free full general glad good great half happy hard high honest huge immediate important instead involved just kind late
least likely little long low main maybe medical mental necessary never new nice normal now obvious often old once
open original particular perhaps personal please plenty possible possibly present private probably public quick quite
rather ready real really recent regular right roughly sad safe scared separate serious several short sick similar
simple simply since small some sometimes soon sorry special still straight strange strong sure together too true
unable unknown unsafe unsure upset useful usual usually very well whole wrong yet young exactly certainly clearly
especially generally mostly nearly only otherwise recently
adult age answer area attention bit case child children concern contact conversation crime day days detail
details doubt emergency end evidence example fact family fear feeling friend future group hand help home hour
information issue job lot man matter men message minute moment month morning afternoon evening night
tonight today tomorrow yesterday week weekend year number office officer part people person persons place
places plan point police problem question reason report reporter rest risk safety sense side sign situation
somewhere anywhere everywhere nowhere staff story service support team thanks thing things time times town trouble
truth view voice way ways woman women word words world anonymous anonymously mailbox receipt online phone email
website page letter photo photos picture pictures image images childline nhs council doctor ambulance hospital
outside inside front middle top bottom left side street road area local nearby neighbour neighbours
`
const welsh = `
a ac ag ai am an ar at ataf atoch aton ato ati attynt y yr yw ydy ydi yn yna yno yma ym yng wedi wrth wrthym wrthyf
wrthoch wrthon wrthi wrtho wrthynt oddi o oes oedd oeddech oeddwn os ond on na nac nad nag ni nid nis neu naill
mae maen mai maent mi mewn mor mwy mwyaf i id ich iddi iddo iddyn iddynt imi inni un dau dwy tri tair pedwar pump
fe fi fo fod fy ef ei eich ein eu hi hwn hon hyn hynny honno hwnnw hefyd heb chi chithau chwi ti tithau dy di
beth pa pam pan pwy pryd ble sut sawl faint pob popeth pawb rhai rhyw rhywun rhywbeth rhywle unrhyw neb dim byth erioed
bydd byddai byddwch byddwn bu bod bues buon gall galla gallai gallu gallwch gallwn gellir all allech allwch allwn
gwneud gwna gwnewch gwnaeth wneud wnaeth wna wnewch cael cafodd cewch gael gafodd gawn dod daeth ddod ddaeth doedd
mynd aeth ewch fynd dweud dywed dywedwch dywedodd ddweud ddywed gwybod gwyddoch wybod wyddoch gweld gwelodd gwelsoch
weld welodd welsoch clywed clywodd glywed glywodd clywsoch gofyn ofyn ateb hateb adroddiad hadroddiad adrodd neges
negeseuon teimlo deimlo meddwl feddwl credu gredu siarad ysgrifennu ysgrifennoch anfon darllen ddarllen helpu help cymorth
diolch os gwelwch dda plis sori mewn perygl diogel diogelwch ddiogel ddiogelwch saff brys argyfwng heddlu ffoniwch
nawr rwan heddiw ddoe yfory bore prynhawn nos noson dydd diwrnod wythnos mis blwyddyn amser adeg weithiau
bob amser fel arfer eto dal cyn ar ol wedyn yn barod parod erbyn tan ers hyd rhwng dan o dan dros drwy trwy gan
gennych gennym gen ganddo ganddi ganddyn hyd yn oed hollol iawn ddim digon bach mawr fawr da gwael drwg newydd hen
pobl person dyn dynion menyw menywod merch plentyn plant teulu ffrind cymydog lle ardal tref cartref
angen rhaid eisiau moyn hoffi hoffech hoffem dylai dylech dylem peidiwch paid gyda efo ag felly achos oherwydd
tua oddeutu weddill arall eraill gwahanol yr un ychwanegu newid dechrau dechreuodd ddechreuodd gorffen ben
cysylltu cysylltiad cysylltwch wybodaeth gwybodaeth manylion cwestiwn sicr siwr efallai hwyrach llawer ychydig
rydych rydym rydw rwy dw dwi dych dyn dyna dyma maes allan mewn lan lawr fyny ymlaen yol nol agor gau
nhw nhwthau hwy hwythau hun hunain lleiaf gilydd dal bwysig enw ymchwilio mentro
`

const listOf = (words: string) => words.split(/\s+/).filter((word) => word !== '')
const common: ReadonlySet<string> = new Set(
  [...listOf(english), ...listOf(welsh)].map((word) => stem(foldWord(word))),
)

/** Whether a (folded) word says nothing of any report. */
export function isCommon(folded: string): boolean {
  return isListed(folded) || folded.split("'").every((part) => /^[a-z]{0,2}$/.test(part) || isListed(part))
}

function isListed(folded: string): boolean {
  return common.has(stem(folded))
}

const languages = ['en', 'cy']
const knownAtLeast = 0.25

/**
 * Whether common words can be told from others in a text: it is in a language that is listed here, and says nothing
 * else. Of a report in another language only names and numbers can be told apart.
 */
export function hasListedWords(words: readonly string[], language: string | undefined): boolean {
  if (language !== undefined && !languages.includes(language.toLowerCase().split('-')[0] ?? '')) return false
  const long = words.filter(({ length }) => length >= 3)
  return long.length > 0 && long.filter(isListed).length / long.length >= knownAtLeast
}
