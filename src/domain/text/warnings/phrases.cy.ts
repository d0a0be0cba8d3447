/**
 * What gives a Welsh-speaking reporter away. Mutations are written out, beside the unmutated forms that people
 * also write. The notation, and how to add a line: docs/warnings.md.
 */
export const welsh = `
# ---- Rhestrau (lists) --------------------------------------------------------------------------------

{apostrophe needed}: o'n, o'm, i'm, a'm, i'n, a'n, wi'n, fi'n, mi'n, ni'n, 'di, i'r, o'r, a'r, da'r, i'w

{dw i'n}: dw i'n, dw in, dwi'n, dw i yn, dwi yn, dw i, dwi, rwy'n, rwy, rwyf, rwyf yn, rwyf i'n, rydw i'n,
  rydw i yn, ydw i'n, yr wyf yn, yr wyf fi'n, rwy i'n, wy'n, wi'n, fi'n, dwi di, dw i wedi, rwy wedi,
  rwyf wedi, rydw i wedi, dwi wedi, rydyn ni'n, rydym yn, rydym ni'n, rydan ni'n, 'dan ni'n, dan ni'n,
  dyn ni'n, yr ydym yn, ni'n, ry'n ni'n, {roeddwn i'n}, bydda i'n, byddaf yn, rydyn ni wedi, rydym wedi,
  dan ni wedi, dyn ni wedi, ni wedi
{roeddwn i'n}: roeddwn i'n, roeddwn yn, roeddwn i, roeddwn, ro'n i'n, o'n i'n, on i'n, on i yn, oeddwn i'n,
  oeddwn yn, ro'n i, o'n i, oeddwn i, roeddem yn, roedden ni'n, o'n ni'n, roedden ni, on i di, bues i'n,
  bues i, fues i, fues i'n, bum yn
{fy}: fy, vy, fyn, ein
{i mi}: i mi, i fi, i ni, imi, inni, i mi'n, ifi
{wrtha i}: wrtha i, wrthyf, wrthyf i, wrtho i, wrtha, wrthon ni, wrthym, wrthym ni, wrtha fi, wrthof,
  wrthof i
{gyda fe}: gyda fe, gydag e, gyda fo, gyda hi, gyda nhw, gyda'r, gydag ef, gydag, gyda, efo fo, efo hi,
  efo nhw, efo'r, efo, iddo, iddo fe, iddo fo, iddi, iddi hi, iddyn nhw, iddynt, i'r, i, yn, yn y, yn yr,
  yna, yno, yma, 'na, 'ma, 'da, ar, ochr yn ochr, wrth, mewn, drws nesaf
{fe}: e, fe, fo, o, hi, nhw, ef, hwy, ei, eu, 'i, 'u
{oed}: {number}, deuddeg, tair ar ddeg, pedair ar ddeg, bymtheg, pymtheg, un ar bymtheg, dwy ar bymtheg,
  ddeunaw, deunaw
{rhif}: {number}, un, dau, dwy, tri, tair, pedwar, pump, chwech, saith, wyth, naw, deg, unarddeg, deuddeg

{teulu}: brawd, mrawd, frawd, brodyr, mrodyr, frodyr, chwaer, chwiorydd, mam, fam, tad, nhad, dad, dat,
  dadi, mami, mab, fab, meibion, merch, ferch, merched, hogyn, hogan, bachgen, crwt, ewythr, wncwl, yncl,
  modryb, fodryb, anti, cefnder, nghefnder, gefnder, cefndryd, nghefndryd, cyfnither, nghyfnither,
  gyfnither, cyfnitherod, nai, nith, nain, mam gu, taid, nhaid, daid, tad cu, nhad cu, dad cu, ŵyr, wyres,
  wyrion, gŵr, ngŵr, ŵr, gwraig, ngwraig, wraig, partner, mhartner, bartner, cymar, nghymar, cariad,
  nghariad, gariad, dyweddi, nyweddi, cyn ŵr, nghyn ŵr, cyn wraig, nghyn wraig, gyn wraig, gyn ŵr,
  cyn gariad, nghyn gariad, gyn gariad, cyn bartner, nghyn bartner, gyn bartner, nghyn, ex, teulu, nheulu,
  deulu, plentyn, mhlentyn, blentyn, plant, mhlant, blant, babi, mabi, fabi, efaill, gefell, ngefell,
  rhieni, llystad, llysfam, llysfab, llysferch, llysfrawd, llyschwaer, hanner brawd, hanner chwaer,
  brawd yng nghyfraith, mrawd yng nghyfraith, chwaer yng nghyfraith, mam yng nghyfraith, tad yng nghyfraith,
  nhad yng nghyfraith, mab yng nghyfraith, merch yng nghyfraith, perthynas, mherthynas, berthynas,
  perthnasau, mherthnasau, missus, bos tŷ
{cartref}: tŷ, nhŷ, dŷ, cartref, nghartref, gartref, fflat, ngardd, gardd, ardd, iard, gât, ngât, ffens,
  wal, clawdd, nghlawdd, ffenest, ffenestr, ffenestri, cegin, nghegin, gegin, ystafell, ystafell wely,
  stafell, stafell wely, llofft, lolfa, lofft, portsh, balconi, malconi, falconi, garej, ngarej, dreif,
  nreif, drws, nrws, ddrws, drws ffrynt, nrws ffrynt, drws cefn, nrws cefn, camera, nghamera, cloch drws,
  nghloch drws, stryd, heol, hewl, lôn, ffordd, teras, bloc, mloc, floc, ystad, stad, pentref, mhentref,
  bentref, pentre, mhentre, bentre, ardal, cyfeiriad, nghyfeiriad, gyfeiriad, cod post, nghod post, fferm,
  cae, nghae, caeau, tir, nhir, carafán, ngharafán, garafán, nenfwd, to, adeilad, landin, rhandir, sied,
  ystafell fyw
{cymydog}: cymydog, nghymydog, gymydog, cymdoges, nghymdoges, gymdoges, cymdogion, nghymdogion, gymdogion
{gyferbyn}: gyferbyn, gyferbyn â, drws nesa, drws nesaf, drws nesa i, drws nesaf i, uwchben, uwch ben,
  o dan, islaw, tu ôl, tu ôl i, y tu ôl i, ar bwys, wrth ymyl, ger, yn ymyl, ar draws, ar draws y ffordd,
  ar draws y stryd, dros y ffordd, dros yr hewl, nesaf at, ochr draw i'r ffordd, tu allan i, y tu allan i,
  lawr y ffordd o, tu fas i, yr ochr arall i, pen arall
{byw}: byw, aros, preswylio, lletya, rhentu, trigo

{cysylltu}: ffoniwch, ffonia, ffonio, ffonwch, galwch, galw, tecstiwch, tecstia, tecstio, e bostiwch,
  ebostiwch, e bostio, ebostio, ebostia, cysylltwch â, cysylltwch gyda, cysylltwch efo, cysyllta â,
  cysylltu â, cysylltu gyda, cysylltwch, cysylltu, negeswch, rhowch alwad i, rho alwad i, anfonwch neges at,
  anfonwch neges ata, gyrrwch neges at, siaradwch â, siaradwch gyda, cael gafael arna, cael gafael ar,
  gael gafael arna

{gweithio}: gweithio, gwitho, gweithio'n, gwirfoddoli, hyfforddi, astudio, dysgu, chwarae, glanhau, coginio,
  yfed, cydweithio, gyrru, delifro, addoli, rhannu, gweini
{nabod}: nabod, adnabod, 'nabod, ei nabod, ei adnabod, ei hadnabod, eu nabod, eu hadnabod, ei 'nabod,
  cwrdd â, cyfarfod â, ffrindiau, ffrind, perthyn, gofalu am, edrych ar ôl
{dywedodd}: dywedodd, dwedodd, ddywedodd, ddwedodd, wedodd, wedon, dweud, ddweud, gweud, deud, ddeud,
  dwedon, dywedon, dywedon nhw, wedon nhw, ddudodd, dudodd, sôn, soniodd, cyfaddefodd, cyfaddef, brolio,
  broliodd, addawodd
{rhoddodd}: gofynnodd, ofynnodd, gofyn, cynigiodd, gynigiodd, cynnig, dangosodd, ddangosodd, dangos,
  gwerthodd, werthodd, gwerthu, rhoddodd, roddodd, rhoi, roiodd, rhoiodd, anfonodd, anfon, talodd, dalodd,
  talu, benthycodd, tecstiodd, tecstio, gyrrodd, hala, halodd, danfonodd
{bygythiodd}: bygythiodd, fygythiodd, bygwth, fygwth, gwahodd, gwahoddodd, ffoniodd, ffonio, dilynodd,
  dilyn, gorfodi, gorfododd, orfododd, cyflogi, cyflogodd, twyllo, twyllodd, bwrodd, trawodd, ychwanegodd,
  talodd, dalodd, dwyllodd
{prynais i}: prynais i, brynais i, prynes i, brynes i, gwerthais i, werthais i, gwerthes i, rhoddais i,
  rhoddes i, talais i, dalais i, tales i, benthycais i, gyrrais i, yrrais i, es i, euthum, siaradais i,
  siarades i, cwrddais i, cyfarfûm, gofynnais i, helpais i, prynais, brynais, talais, gyrrais, gweithiais i,
  weithiais i, gweithies i
{wnes i}: wnes i, nes i, mi wnes i, fe wnes i, mi nes i, gwnes i, wnaethon ni, naethon ni, dw i wedi,
  dwi wedi, dwi 'di, dwi di, rydw i wedi, rwyf wedi, rwy wedi, wi wedi, fi 'di, fi wedi, rydyn ni wedi,
  rydym wedi, dan ni wedi, {roeddwn i} wedi, o'n i wedi, roeddwn wedi, roeddwn i wedi
{roeddwn i}: roeddwn i, ro'n i, o'n i, oeddwn i
{ble dw i'n mynd}: ysgol, coleg, ngholeg, goleg, prifysgol, mhrifysgol, dosbarth, nosbarth, ddosbarth,
  gwaith, ngwaith, waith, swyddfa, siop, campfa, nghampfa, clwb, nghlwb, glwb, tîm, nhîm, dîm, eglwys,
  capel, nghapel, gapel, mosg, tafarn, nhafarn, dafarn, ward, meddygfa, ysbyty, depo, ffatri, safle, cwmni,
  nghwmni, gwmni, shifft, sifft, shifftiau, rownd, taith, nhaith, bws, mws, gwers, ngwers, côr, nghôr,
  blwyddyn, mlwyddyn, adran, tacsi, stondin, carchar
{pwy dw i'n nabod}: bos, mos, fos, rheolwr, rheolwraig, cyflogwr, nghyflogwr, gyflogwr, cydweithiwr,
  nghydweithiwr, cydweithwyr, nghydweithwyr, gydweithiwr, ffrind, ffrindiau, cyfaill, nghyfaill, gyfaill,
  mêt, mêts, landlord, landlordes, tenant, nhenant, tenantiaid, athro, athrawes, hyfforddwr, cleient,
  nghleient, cleientiaid, cwsmer, nghwsmer, cwsmeriaid, claf, nghlaf, disgybl, nisgybl, disgyblion, gofalwr,
  ngofalwr, gweithiwr cymdeithasol, ngweithiwr cymdeithasol, deliwr, neliwr, nghyd letywr

{rôl}: nyrs, athro, athrawes, doctor, doethur, meddyg, feddyg, gofalwr, ofalwr, gofalwraig, ofalwraig,
  gweithiwr, weithiwr, gweithiwr cymdeithasol, weithiwr cymdeithasol, gweithwraig, postmon, bostmon, gyrrwr,
  yrrwr, gyrrwr tacsi, yrrwr tacsi, gyrrwr bws, yrrwr bws, glanhawr, lanhawr, glanhawraig, lanhawraig,
  landlord, tenant, denant, myfyriwr, fyfyriwr, myfyrwraig, fyfyrwraig, disgybl, ddisgybl, gwirfoddolwr,
  wirfoddolwr, cynghorydd, gynghorydd, plismon, blismon, plismones, blismones, swyddog, siopwr, barbwr,
  farbwr, trydanwr, drydanwr, plymwr, blymwr, adeiladwr, cogydd, gogydd, fydwraig, bydwraig, deintydd,
  ddeintydd, fferyllydd, milfeddyg, filfeddyg, cyfreithiwr, gyfreithiwr, cyfrifydd, gyfrifydd, rheolwr,
  reolwr, rheolwraig, rhiant, riant, mam, fam, tad, dad, pensiynwr, bensiynwr, plentyn, blentyn, bachgen,
  fachgen, merch, ferch, dioddefwr, ddioddefwr, tyst, dyst, ffermwr, ficer, newyddiadurwr, gweinidog,
  darlithydd, ddarlithydd, perchennog, berchennog, cymydog, gymydog, cyflogai, aelod o staff, cyn weithiwr,
  gyn weithiwr, gwarchodwr, ysgrifenyddes, warchodwr, technegydd, mecanydd, fecanydd, ysgrifennydd,
  prifathro, brifathro, tafarnwr, dafarnwr, saer, carcharor, garcharor, ffoadur, cwsmer, gwsmer

# Yr hyn y gall pawb ei ddweud (what anyone may say).
{diniwed}: meddwl, credu, poeni, gwybod, gwbod, siŵr, gobeithio, amau, tybio, ofni, deall, cofio, gweld,
  clywed, eisiau, isio, moyn, ddim, synnu, ofnus, pryderus, becso, gofyn, sicr, rhaid, darllen, sylwi, bod,
  hapus, drist, sori, flin, i, wedi, yn, 'n, y, yr, dal, teimlo, dyfalu, synhwyro, casáu, hoffi, falch,
  diolch, bwriadu, gallu, methu, dymuno, gwrthod, cael, am, eu, ei, yma, ar, mewn, erioed, newydd, hefyd,
  ond, a, ac
{peth diniwed}: marn, barn, ngwybodaeth, gwybodaeth, mhryder, pryder, mhryderon, nealltwriaeth,
  dealltwriaeth, ofn, amheuaeth, amheuon, ffôn, adroddiad, neges, nheimlad, teimlad, ymddiheuriadau, niolch,
  diolch, mod, hun, hunan, nghalon, calon, nhyb, tyb, mryd, nghof, cof, llygaid, nghlustiau, mhoeni,
  mhryderu, synnu, nychryn, enw, nghyfenw, rhan, gwlad, tref, cymuned, cymdeithas

# Used once below, each where its name says.
{teulu agos}: brawd, chwaer, mam, tad, dad, nain, mab, merch, taid, gŵr, gwraig, cariad, partner, wncwl,
  anti, cefnder, ewythr, mrawd, nhad, ngŵr, nghariad, nghefnder
{ddywedodd}: yw, ydy, oedd, sydd, sy'n, sy, wnaeth, nath, ddywedodd, ddwedodd, wedodd, ffoniodd, gwynodd,
  riportiodd, achwynodd, adroddodd
{gwneud}: weithio, brynu, werthu, roi, dalu, fenthyg, yrru, fynd, siarad, gwrdd, gyfarfod, helpu, prynu,
  gwerthu, talu, gweithio, ymweld, cwrdd, benthyg, cario, gario, cuddio, guddio
{gweithiais}: gweithiais, weithiais, gweithies, weithies, helpais, cariais, gariais, gyrrais, dysgais,
  ddysgais, rhentais, prynais, chwaraeais, cyfarfûm, siaradais, glanheais, danfonais, ymwelais, trwsiais,
  gwrthodais

# ---- Ymadroddion (phrases) ---------------------------------------------------------------------------

# Teulu, a chariadon ddoe a heddiw.
[kinship]
{fy} {teulu}
(f'ewythr|f'wncwl|f'anti|f'ex)
{teulu agos} (fi|ni|i)
(i'm|o'm|a'm|gyda'm) {teulu}
(i'n|o'n|a'n|gyda'n) {teulu} (ni)?
(mae|ma|mae'n) {teulu} (fi|ni)
(mae|ma) (gen i|gynno i|gyda fi|gen i'r|'da fi|gynnon ni|gyda ni) {teulu}
{teulu} (i mi|gen i|gyda fi|i fi)
^ (nhad|mrawd|nghefnder|nghyfnither|ngŵr|ngwraig|nghariad|mhartner|nhaid|mhlant|nheulu)
(mae|ma|oedd|roedd|i|gan|gyda|a|y)
  (nhad|mrawd|nghefnder|nghyfnither|ngŵr|ngwraig|nghariad|mhartner|nhaid|mhlant|nheulu)
{dw i'n} (yn)? (briod|perthyn|chwaer|frawd|fam|dad|fab|ferch) (â|gyda|efo|i)
(fi|mi) (yw|ydy|ydi|di) (ei|eu) {teulu}
{dw i'n} (wedi)? (arfer)? (gwahanu|ysgaru|canlyn)
(ei|eu) {teulu} (ydw|dw) i
not: ein (merched|plant|pobl) (ifanc)? (ni)? yn y gymuned
not: tad i bob

# Ble mae'r person yn byw, neu'n sefyll i edrych.
[position]
{dw i'n} (hefyd|wedi|yn|dal i|dal yn)? {byw}
{dw i'n} ... (byw|'n byw) (gyferbyn|drws nesa|drws nesaf|uwchben|o dan|ar draws|lawr|yn rhif|tu ôl)
{dw i'n} {gyferbyn}
{dw i'n} (yn)? rhif {rhif}
(lle|ble) {dw i'n} (yn)? {byw}
^ byw ({gyferbyn}|lawr|lan|fyny)
(gyferbyn|drws nesa|drws nesaf|uwchben|uwch ben|islaw|y tu ôl|tu ôl|ar bwys|wrth ymyl|ger|ar draws y
  ffordd|dros y ffordd|tu allan) (â|i|o|at|oddi wrth)? (fi|mi|ni)
(gyferbyn|drws nesa|drws nesaf|uwchben|tu ôl|tu allan|ger|o dan|wrth) (â|i|at)? (fy|ein|i'n|i'm)
{fy} {cartref}
(tŷ|stryd|fflat|drws|gardd|ffenest|ffenestr|pentre|pentref|bloc) (fi|ni)
(o'm|i'm|a'm) {cartref}
(o'n|i'n|a'n|trwy'n|ar ein) {cartref} (ni)?
(o|trwy|drwy) (fy|ein) {cartref}
(o|trwy|drwy) (ffenest|ffenestr) (fy|y gegin|y llofft|llofft|fi|ni)
{fy} {cymydog}
{cymydog} ({i mi}|fi|ni)
(fi|mi) (yw|ydy|ydi|di) (ei|eu) {cymydog}
(yn|o|i|mewn|ger) (rhif|rif) {rhif}
uwch fy mhen
(lle|ble) {dw i'n} (yn)? (eistedd|sefyll|aros|edrych)
(gallaf|galla|gallwn|alla) (i)? (weld|eu gweld|ei weld|ei gweld) ... (ffenest|ffenestr|balconi|cegin|llofft)
(i|gan|mae|ma|a|fod|bod|oedd) (nghymydog|nghymdogion|nghymdoges)
trwy'r (wal|nenfwd|llawr)
(fy neffro|ein deffro|fy nghadw ar ddihun)
(ni|fi) sy'n byw
o'r (ystafell|stafell|llofft|gegin|lolfa|balconi|ardd|tŷ) (wely|fyw|ffrynt|gefn)? {dw i'n}
not: (bws|fws|trên|tram|llwybr|cerbyd|bysus) (rhif|rif) {rhif}
not: (tŷ|fflat|uned|dyn|menyw|dynes|pobl|teulu|rhywun|drws|fe|fo|hi|nhw) (sy'n|sydd|yn)? (byw)? (yn|o|i)
  (rhif|rif) {rhif}
not: (mae'n|maen nhw'n|mae o'n|mae hi'n|mae e'n|mae fo'n|yn|sy'n) byw yn (rhif|rif) {rhif}
not: {dw i'n} byw mewn (ofn|gobaith)
not: ar fy ffordd

# Beth na allai ond ychydig ei wybod neu ei wneud.
[uniqueness]
(fi|ni|mi) (yw|ydy|ydi|di|oedd) (yr|y|'r)? unig
(fi|ni|mi) (yw'r|ydy'r|ydi'r|di'r|oedd y|oedd yr) unig
(fi|ni) yn unig
unig (un|berson|ddyn|fenyw|dyst|ddynes) (ydw|yw|oedd|oeddwn) (i|fi)
{dw i'n} (yr|y) unig (un|berson|dyst)
(dim|neb|pawb) (ond|heblaw) (amdana|am)? (fi|mi|ni|i)
(neb|pawb|heblaw|wahân|eithrio) (amdana|amdanaf) (i)?
ar wahân i (mi|fi|ni)
dim ond (fi|mi|ni)
(welodd|gwelodd|ŵyr|glywodd|clywodd|chwynodd|gwynodd|sylwodd|ddywedodd|does|doedd|riportiodd|ffoniodd)
  (yna)? neb arall
neb arall (wedi|oedd|sy|sydd|sy'n|yn)? (gweld|gwybod|gwbod|welodd|yno|yna|cwyno|clywed)
(mai|taw|na) (fi|mi|ni) {ddywedodd}
(gwybod|gwbod|gweld|amau|sylweddoli|deall) (mai|taw|na) (fi|mi)
(dim ond|rhwng) (y)? (dau|dwy|tri|tair|ychydig) (ohonon|ohonom|ohonan)
(rhyngof|rhyngddo|rhyngo|rhyngddi) (i|fi|fe|fo|hi) (a|ac|â) (fi|fe|fo|hi|mi)
{dywedodd} ({fe})? wrth neb (arall|ond|heblaw)
dim ond {wrtha i}
(sneb|does neb|doedd neb|neb) (ond|heblaw) (fi|mi|ni)
neb (ond|heblaw) (y)? (fi|mi|ni)

# E-bost, ffôn, a gwahoddiad i'w defnyddio.
[own-contact]
{fy} (ebost|e bost|cyfeiriad ebost|cyfeiriad e bost|nghyfeiriad e bost|nghyfeiriad ebost|rhif|rhif
  ffôn|mrhif|ffôn symudol|rhif symudol|ffôn i|manylion cyswllt|whatsapp|insta|instagram|snapchat|facebook)
(rhif|rhif ffôn|ebost|e bost|ffôn|insta|snapchat) (fi|ni)
{fy} ... ({email}|{phone})
({email}|{phone}) (yw|ydy|ydi) (fy|rhif fi|fi)
{cysylltu} (â|gyda|efo)? (fi|mi|ni|imi) (ar|drwy|trwy|unrhyw|os|pan|wedi|yn|rhwng|cyn|eto|nôl|{phone}|{email})
{cysylltu} (â|gyda|efo)? (fi|mi) ... ({phone}|{email})
^ {cysylltu} (â|gyda|efo)? (fi|mi|ni)
(mae|ma)? croeso (i chi)? {cysylltu} (â|gyda|efo)? (fi|mi)
(gallwch|gellwch|cewch|gelli) (chi)? (gysylltu|ffonio|tecstio|ecstio|e bostio|ebostio) (â|gyda|efo)?
  (fi|mi|ni)
(gysylltu|cysylltu) (â|gyda|efo) (fi|mi|ni)
(gadewch|gadwch|anfonwch|gyrrwch|rhowch|danfonwch) (neges|alwad|ebost|e bost|ganiad|tecst) (i|at|ata)
  (fi|mi|i)
not: fy rhif un
not: fy rhif trosedd

# Sut y daeth y person i wybod: gwaith, ysgol, ffrindiau, sgwrs, arfer.
[proximity]
{dw i'n} (hefyd|yn|wedi|arfer)? {gweithio} {gyda fe}
{dw i'n} (hefyd|yn|wedi)? {nabod} (ers|yn|trwy|{fe}|gyda|efo|nhw|y dyn|'r)
{roeddwn i'n} (i)? (yno|yna|yn bresennol|gyda nhw|efo nhw|gyda fe|efo fo|gyda hi|efo hi)
{roeddwn i'n} (yn)?
  (cerdded|gyrru|aros|eistedd|sefyll|gweithio|ymweld|pasio|siopa|seiclo|rhedeg|loncian|glanhau|danfon)
pan ({roeddwn i'n}|es i|aethon ni)
(bues|buais|fues|bûm) i (yno|yna|gyda|efo|yn)
{dywedodd} ({fe})? {wrtha i}
{rhoddodd} ({fe})? (rywbeth|beth|arian|gyffuriau|lun|luniau|neges|gwn|stwff)? ({i mi}|ata i|ataf|ato i)
{bygythiodd} ({fe})? (fi|ni)
{prynais i} ... (ganddo|ganddi|ganddyn|wrtho|wrthi|wrthyn|gyda fe|efo|'da|iddo|iddi|iddyn|yno)
(prynais|brynais|prynes|brynes|gwerthais|werthais|talais|dalais|benthycais|gyrrais|yrrais) (i)?
  ({fe}|beth|peth|rai|gyffuriau|stwff|fag|ddau|ddwy|arian)
{wnes i} {gwneud}
{fy} {ble dw i'n mynd}
(ysgol|gwaith|shifft|swyddfa|dosbarth|coleg|siop|clwb|tafarn) (fi|ni)
(i'm|o'm|a'm) ({ble dw i'n mynd}|{pwy dw i'n nabod})
{fy} {pwy dw i'n nabod}
({pwy dw i'n nabod}) (fi|i mi|i fi)
(mae|ma) (gen i|gyda fi|'da fi|gynno i) (ffrind|ffrindiau)
yr un (dosbarth|ysgol|tîm|flwyddyn|gwaith|shifft|swyddfa|clwb|lle|cwrs) (â|efo|gyda|a) (fi|mi|ni)
{dw i'n} (yn)? yr un (dosbarth|ysgol|tîm|flwyddyn)
(arno|arni|arnyn) (fe|fo|hi|nhw)? (arian|bres|pres) {i mi}
o (fy|'m|mlaen) (mlaen|i) (i)?
ar (fy|y) ffordd (i|i'r|o'r|adref|adre|gartref) (ngwaith|gwaith|ysgol|siop)
ar fy ffordd
(mynd|cerdded) (â'r|â|gyda'r|efo'r) (ci|fy nghi|nghi)
(clywais|glywais|clywes) (i)? (e|fe|fo|hi|nhw|ef) yn
{roeddwn i'n} (yn)? (y|yr|ei|eu|mewn) (car|tŷ|fan|fflat|siop|ystafell|dafarn|clwb|uned|swyddfa|stafell)
(gweithio|chwarae|byw|hyfforddi) (gyda|efo|'da) (fi|ni)
un (o'n|o fy) (ffrindiau|mêts|cydweithwyr|tenantiaid|cwsmeriaid)
(mae|maen|roedd|roedden) ({fe}|nhw'n)? (wedi|yn|'n)? (bygwth|fy mygwth|fy ngorfodi|fy mlacmelio|fy nilyn)
fy (mygwth|ngorfodi|mlacmelio|nilyn|nhwyllo|ngham-drin|ngham drin|nharo)
{fy} (mhasbort|nghyflog|nghar|nghi|ngherdyn|nghyfrif|mhapurau|fan|arian)
{dw i'n} ... (iddo|iddi|iddyn) (fe|fo|hi|nhw)
otherwise: {dw i'n} {word}
otherwise: {fy} {word}
otherwise: {word} (wrtha i|wrthyf|wrtho i|ata i|ataf i|i mi|i fi|efo fi|gyda fi)
otherwise: (fi|mi|ni) (oedd|wnaeth|aeth|sydd|sy'n|yw'r|ydi'r|ydy'r|a)
{gweithiais} (i|yno|yn|gyda|efo)?
not: {dw i'n} ({dw i'n})? (yn|hefyd|wedi|ddim|ddim yn)? {diniwed}
not: {fy} {peth diniwed}
not: (rhywun|rywun|ymddangos|edrych|amlwg|glir) {i mi}
not: ein (cymuned|plant|pobl|gwlad|tref|cymdeithas|heddlu)
not: {rhoddodd}|{dywedodd} (rhywun|rywun|pobl) ({wrtha i}|{i mi})
not: (rhywun|rywun|pobl) (wedi)? {dywedodd} {wrtha i}
not: (gofyn|gofynnwch|dangos|rhoi|cynnig|gwerthu) i ni

[own-name]
{fy} (enw|nghyfenw|enw'n|llysenw) (llawn|iawn|cyntaf|bedydd|canol)? (i)? (yw|ydy|ydi|di|oedd)
f'enw (i)? (yw|ydy|ydi|di)
enw fi (yw|ydy|ydi|di)
^ {word} (ydw|dw|dwi) i
{dw i'n} (yn)? (cael fy ngalw|cael fy ngalw'n)
{word} (sy'n|sydd yn) (siarad|ffonio|ysgrifennu|sgwennu) (yma)? $
(mae)? (pawb|pobl) yn fy ngalw
(yn gywir|yr eiddoch yn gywir) {word} ({word})? $
(cofion|dymuniadau) (gorau|cynnes)? {word} $
^ diolch {word} $
{name} {name} (ydw|dw|dwi) i
{name} sy 'ma $
(y|yr|fy)? enw (yw|ydi|ydy|di) {name}
not: ^ (pryderus|ofnus|siwr|siŵr|trist|hapus|blin|nid|ddim|na|{rôl}) (ydw|dw|dwi) i
not: ^ diolch (yn|i|am|ichi|eto|fawr|mawr|byth|iawn|bawb|pawb) $
not: (pwy|rhywun|neb|rywun) (sy'n|sydd yn) (siarad|ffonio)

# Swydd, oed, iechyd, statws, gofal.
[own-role]
{dw i'n} (yn|tua|bron yn|dim ond|ond)? {oed} (oed|mlwydd oed|blwydd oed)
{number} (mlwydd|blwydd)? oed (ydw|dwi|dw) (i)?
^ {rôl} ({word})? (ydw|dw|oeddwn|dwi) (i)?
{dw i'n} (yn)? (gweithio|gwirfoddoli) fel
{dw i'n} (yn|hefyd yn)? {rôl}
(fi|mi) (yw|ydy|ydi|di) (ei|eu|y) ({rôl}|perchennog|rheolwr)
(fi|mi) (yw'r|ydy'r|ydi'r|di'r) ({rôl}|perchennog|rheolwr)
(ei|eu) {rôl} (ydw|dw) i
fel {rôl} ({word})? {dw i'n}
^ fel {rôl}
{dw i'n} (yn)? (feichiog|disgwyl babi|anabl|ddall|fyddar|ddigartref|wedi ymddeol|mewn cadair olwyn|ddi
  waith|ddiwaith)
{dw i'n} (yn)? (rhedeg|cadw|rheoli|berchen ar) (y|yr)? (siop|tafarn|caffi|fferm|busnes|garej|gwesty)
{dw i'n} (ym|yn)? (mlwyddyn|blwyddyn) {rhif}
{fy} (oed|oedran|swydd|anabledd|salwch|meichiogrwydd|nghadair olwyn)
yr un (oed|oedran) â (fi|mi)
{dw i'n} (yn|tua|ond yn|dim ond)? {number} $
{dw i'n} (yn)? {number} (a|ac|ond|blwydd)
{dw i'n} (yn)? (gymro|gymraes|bwyliad|fwslim|gristion|hoyw|ddu|sais)
not: fel {rôl} (i|mewn|yn|gan) (y|cwmni|siop)

[prior-report]
{wnes i} (ei|eu)? (riportio|rhiportio|adrodd|cwyno|gwyno|achwyn|hysbysu)
{wnes i} (ffonio|cysylltu â|gysylltu â|e bostio|ebostio|ysgrifennu at|dweud wrth|ddweud wrth)
  (y|yr|'r|i'r)? (heddlu|cyngor|gyngor|landlord|ysgol|101|999|crimestoppers)
(ffoniais|ffones|ffonies|ffoniodd) (i'r|i|ni)? (y|yr|i'r)?
  (heddlu|cyngor|gyngor|101|999|landlord|crimestoppers)
(cwynais|cwynes|gwynais|achwynais|riportiais|adroddais|hysbysais) (i|i'r|wrth|am|at|hyn)
{fy} (nghwyn|cwyn|cwynion|nghwynion|adroddiad)
rhif trosedd
({dw i'n}|{wnes i}) (ffonio|cysylltu â|e bostio|ebostio|dweud wrth) (y|yr)?
  (heddlu|cyngor|gyngor|landlord|ysgol|101|999)
({dw i'n}|{wnes i}) (ffonio'r|cysylltu â'r|ebostio'r|e bostio'r) (heddlu|cyngor|gyngor|landlord|ysgol)
`
