/** Yr un peth yn Gymraeg. The notation, and how to add a line: docs/warnings.md. */
export const welsh = `
{fe}: iddo, iddi, iddyn, iddyn nhw, iddo fo, iddo fe, i'ch ffrind, i'ch cymydog, i bobl, i rywun, i unrhyw un, i'r, i'ch,
  nhw, fo, fe, e, hi
{llun}: lun, llun, luniau, lluniau, ffoto, ffotos, fideo, fideos, sgrinlun
{peidio}: peidiwch, paid, peidio, heb, na, dim angen, nid oes angen

{rhwng}: ceisio, cheisio, trio, thrio, byth, chwaith, geisio
{gweithred}: mynd, mynd yn ôl, mynd yno, mynd yn agos, ofyn, gofyn, gofyn i neb, gofyn i, holi, holi neb, dilyn, dilyn neb, ddilyn,
  gwylio, wylio, tynnu lluniau, thynnu lluniau, tynnu llun, thynnu llun, dynnu lluniau, recordio, recordio neb, ffilmio,
  siarad, siarad â, edrych, chwilio, chwilio am, dychwelyd, darganfod, ddarganfod, monitro, casglu, chasglu, gasglu, prynu,
  phrynu, brynu, cyfri, chyfri, gyfri, aros, ymchwilio, cadw, chadw, gadw, cadw llygad, chadw llygad, gadw llygad, cael, chael,
  gael, ymuno, canfod, chanfod, ganfod, ffeindio allan, dweud, gwirio, wirio, fynd, fynd yn ôl

[tasking]
(darganfod|ddarganfod|darganfyddwch|ffeindio allan|ffindio mas|ffeindiwch|canfod|ganfod|canfyddwch) (pwy|beth|ble|pryd|sut|faint|mwy|a|os|ei|eu|y|allan|rhif|enw|o)
(darganfyddwch|ffeindiwch allan|ffindwch mas)
(tynnwch|tynnu|dynnu|cymerwch|cymryd|gymryd|anfonwch|danfonwch|gyrrwch) (ni|aton ni|atom)? {llun}
(cadwch|cadw|gadw) (eich)? (lygad|llygad|olwg|golwg|gwyliadwriaeth|nodyn|cofnod|gofnod|dyddiadur|ddyddiadur|llygaid)
(cadwch|cadw|daliwch|dal) (i wylio|i edrych|i wrando|i ofyn|ati|i fynd|mewn cysylltiad|i siarad|i ddilyn)
(gofynnwch|gofyn|ofyn|holwch|holi) {fe}
(gofynnwch|gofyn|ofyn|holwch|holi|holi'r|holi'ch) (bachgen|ferch|fachgen|dyn|ddyn|menyw|ddynes|gŵr|plant|cymdogion|ffrind|perchennog|gyrrwr|bobl)
(cael|gael|cymryd|gymryd|am gael) (cipolwg|golwg|gip)
(cofiwch|peidiwch ag anghofio) (gymryd|dynnu|ofyn|edrych|nodi|gadw|ysgrifennu|gyfri)
(cymryd|gymryd|cymerwch|nodi|nodwch) (y|rhif|enw|rhifau|enwau|rif|rhif y)
byddai ({word})? ({word})? (yn)? (help|ddefnyddiol|dda|wych|gymorth|fuddiol)
(byddai'n|fyddai'n) (dda|help|ddefnyddiol|wych) (cael|gwybod|gweld|gallu|pe|pe bai|petai)
(cariwch|daliwch|parhewch) (ymlaen|ati|i weithio|i fynd|i ymweld)
(hoffem|hoffen|mae angen i ni|rydyn ni angen|rydym angen) (wybod|gwybod|cael) (pwy|faint|ble|enw|enwau|rhif|mwy)
(ewch|mynd|dychwelwch|dewch) (yn ôl|nôl|yno|draw|i mewn|heibio|yn nes|rownd|at) (i|a|eto|yno|er|pan|heno|yfory|weld|edrych)
(ewch|dychwelwch|cerddwch|gyrrwch) (yn ôl|nôl|draw|i mewn|heibio|rownd|yn agosach|yn nes)
(dilynwch|dilyn|ddilyn) (y|yr|ef|hi|nhw|o|fo|fe|e|'r|unrhyw|ei|eu)
(gwyliwch|gwylio|wylio|arsylwch|monitro|fonitro|cyfrwch|cyfri|gyfri|cyfrif) (y|yr|pwy|beth|faint|nhw|fo|hi|'r|unrhyw|ei|eu|pob)
(recordiwch|recordio|ffilmiwch|ffilmio) (y|yr|nhw|fo|hi|ef|'r|unrhyw|ei|eu|beth|sgwrs)
(siaradwch|siarad|sgwrsiwch) (â'r|gyda'r|efo'r|â|gyda|efo) (cymdogion|cymydog|bobl|teulu|perchennog|gyrrwr|staff|plant|fo|hi|nhw|ef|e|'ch|eich|y|yr|phobl|rhywun)
(rhowch wybod|dywedwch|wrthym|adroddwch yn ôl|cysylltwch|ysgrifennwch) (i ni|wrthym|wrthon ni|atom|aton ni|â ni)? (pan|bob tro|os|y tro nesaf|tro nesaf|cyn gynted) (fydd|fyddan|mae|daw|y|welwch|bydd|ddaw|y daw|byddan|fyddwch|gwelwch|clywch|glywch|ddaw'r|daw'r|mae'n|bydd o|fydd o)
(y)? tro nesaf (y|byddwch|rydych|rydach|fyddwch|i chi|daw|y daw|mae|maen|bydd|fydd|ewch|welwch)
(os|pan) (ewch|gwelwch|welwch|byddwch|cewch gyfle|gallwch) (yno|nhw|fo|hi|ef|yn ôl)
(edrychwch|edrych|cipolwg|chwiliwch|chwilio|gwiriwch|gwirio|wirio) (i weld|yn|ar ei|ar eu|drwy|trwy|a oes|a yw|os|i mewn|o gwmpas|am)
(ceisiwch|ceisio|triwch|trio) (gael|ddarganfod|weld|ofyn|wylio|ddilyn|glywed|ddod o hyd|ffeindio|cael|gweld|dod)
(ewch|mynd) (i)? (edrych|weld|ofyn|siarad|gasglu|nôl)
(casglwch|casglu|gasglu) (mwy|gwybodaeth|wybodaeth|tystiolaeth|dystiolaeth|enwau|y)
(ymunwch|ymuno) (â|â'r|gyda'r|gyda) (grŵp|grwp|sgwrs|criw)
(nodwch|nodi|ysgrifennwch) (bob|pob|rif|rifau|y rhif|amser|amseroedd|rhifau|i lawr)
(arhoswch|aros) (gerllaw|tu allan|y tu allan|yno|nes|mewn cysylltiad â)
(prynwch|prynu) (rhywfaint|un|peth|rhai)
(cael|gael|cewch) (gafael|eu henwau|ei enw|ei rif|ei chyfeiriad|ei gyfeiriad|ei henw|eu rhifau)
(eich)? tasg (chi)? (yw|ydy|fydd)
(smaliwch|esgus|esguswch|cogiwch)

not: {peidio} (â|ag|â'u|i chi|i)? ({rhwng})? {gweithred}
not: {peidio} (â|ag|â'u|i chi|i)? ({rhwng})? {gweithred} (i|na|nac|neb|yn|yno|y|yr|iddo|iddi|iddyn|nhw|dim|llygad|golwg|o|am|â|ôl|nôl)
not: {peidio} (â|ag|â'u|i chi|i)? ({rhwng})? {gweithred} ... (na|nac|neu|ac|a) (peidiwch)? (â|ag)? {gweithred} ({word})? ({word})?
`
