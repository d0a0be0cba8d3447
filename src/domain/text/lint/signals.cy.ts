/** Yr un peth yn Gymraeg. The notation: docs/warnings.md. */
export const welsh = `
{oed}: 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, wyth, naw, deg, ddeg, un ar ddeg, deuddeg, ddeuddeg, tair ar ddeg, dair ar ddeg,
  tri ar ddeg, pedair ar ddeg, bedair ar ddeg, pymtheg, bymtheg, un ar bymtheg, dwy ar bymtheg, ddwy ar bymtheg,
  pedwar ar ddeg, bedwar ar ddeg, dau ar bymtheg
{dw i'n}: dw i'n, dwi'n, rwy'n, rydw i'n, 'dw i'n, wi'n, fi'n, dw i, dwi, rwy, rydw i, dwin
{blwyddyn}: 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, tri, pedwar, pump, chwech, saith, wyth, naw, deg
{fy}: fy, yn fy, ein, 'n
{perthynas}: nghefnder, nghyfnither, mrawd, chwaer, nhad, mam, ngŵr, ngwraig, nghariad, mhartner, ffrind, ffrindiau, mab,
  merch, ewythr, modryb, nghymydog, mos, rheolwr, nghydweithiwr, nghyn ŵr, nghyn wraig, nghyn gariad, mòs, landlord, nheulu,
  yncl, anti, ex, mêt
{wrtho}: wrtho, wrthi, wrthyn, iddo, iddi, iddyn, â fo, â hi, â nhw, gyda fe, gyda hi, gyda nhw, efo fo, efo hi, efo nhw,
  ag ef, ag o, ag e
{wrtha i}: wrtha i, wrthyf, wrthyf i, wrtho i, i mi, i fi, wrthon ni, imi, fi

[under-18]
{dw i'n} {oed} (mlwydd|oed|blwydd)
{dw i'n} (ddim ond|dim ond) {oed}
(yn|i) {oed} oed ydw i
{oed} oed (ydw|dw|ydy|yw) (i|fy oed)
{dw i'n} (ym|yn|mewn) (mlwyddyn|blwyddyn) {blwyddyn}
(ym mlwyddyn|blwyddyn) {blwyddyn} (dw|ydw|yn yr ysgol|dwi)
(yn|yn fy|i fy|o fy|gatiau fy) (ysgol|nosbarth|mlwyddyn) (i|ni|fi)
fy (ysgol|athro|athrawes|athrawon|nosbarth|mlwyddyn|nhiwtor|ngwaith cartref|arholiadau|tgau|ngofalwr maeth)
ein (hysgol|dosbarth|hathro|hathrawes|hathrawon)
{dw i'n} (dal)? (yn yr ysgol|yn yr ysgol o hyd|blentyn|ferch ysgol|fachgen ysgol|ddisgybl|dan 18|o dan 18|rhy ifanc|yn y chweched|mewn gofal|yn y chweched dosbarth)
(peidiwch|paid|plis peidiwch) ... (dweud|deud|ffonio|ddweud) (wrth)? (mam|dad|fy rhieni|mam a dad|fy mam|fy nhad|mam na dad)
(ar ôl|cyn) (i mi|i fi)? (dod adre|dod adref|mynd adre)? (o'r)? ysgol (i|dw|dwi|bydda|mi)
(plant|bechgyn|merched|ffrind|ffrindiau|rhywun|bachgen|merch) (yn|o) (fy|ein) (mlwyddyn|nosbarth|ysgol|dosbarth|hysgol)
{dw i'n} (troi|cael fy mhen-blwydd) ... {oed}

(yn|yn yr|o'r) (un dosbarth|un flwyddyn|un ysgol|un tiwtor) (â|â'i|â fi|a fi|â'r|ag)
{dw i'n} (yn)? (yr un dosbarth|yr un ysgol|yr un flwyddyn)
(mlwyddyn|flwyddyn|dosbarth) (uwch|islaw|uwchben)
(gwers|gwersi|wersi|wers) (mathemateg|saesneg|cymraeg|gwyddoniaeth|maths|hanes|yfory|heddiw)

[relationship]
(ni'n|'dyn ni'n|rydyn ni'n|dan ni'n|rydym yn|dyn ni'n) (nabod|adnabod|ffrindiau|byw|gweithio|perthyn|briod) (ei gilydd|ein gilydd|gyda'n gilydd|efo'n gilydd|ers|yn)?
(fo|fe|hi|nhw|fi) a (fi|fo|fe|hi|nhw)
(dywedodd|ddywedodd|ddwedodd|dwedodd|wedodd|dudodd|ddeudodd|soniodd|cyfaddefodd) (o|e|fe|fo|ef|hi|nhw|hwythau) (eto)? {wrtha i}
(mae|ma|roedd|oedd) (o|e|fe|fo|hi|nhw) (wedi|'n|yn)? (dweud|deud|gweud|sôn|dangos) (eto)? {wrtha i}
(maen|mae'n|ma'n) (nhw'n|nhw)? (dweud|deud|gweud) {wrtha i}
(dangosodd|ddangosodd) (o|e|fe|fo|hi|hi'r|o'r|nhw) ... {wrtha i}
(gofynnais|ofynnais|gofynnes|nes i ofyn|wnes i ofyn|mi ofynnais|siaradais|nes i siarad|wnes i siarad|gwelais|wnes i gwrdd|nes i gwrdd|cwrddais) (i)? {wrtho}
(mae|ma|roedd|oedd) fy {perthynas} (i)? (yn|'n|wedi|i)
fy {perthynas} (i)? (yw|ydy|ydi|sy'n|sy|sydd|oedd)
(dywedodd|ddywedodd|gwerthodd|cafodd) fy {perthynas}
{dw i'n} (gweithio|byw|ffrindiau|briod|perthyn|canlyn|mynd allan|nabod|adnabod) (gyda|efo|â|i|gydag|ag)? (fo|fe|hi|nhw|e|ef|iddo|iddi)
(mae|ma) (o'n|e'n|fe'n|fo'n|hi'n) (ymddiried|trystio) (yn|yno)? (i|ynof|yno|ynddo i|fi)

[ongoing]
(dywedodd|ddywedodd|ddwedodd|dwedodd|dudodd|ddeudodd) (o|e|fe|fo|hi|nhw) ... eto
(mi|fe|na)? (ofynna|gofynna|ofynnaf|siarada|siaradaf|edrycha|edrychaf|wylia|gwyliaf|ddilyna|ffeindia|ddarganfydda|dria|driaf) i (i|iddo|iddi|iddyn|â|fo|hi|nhw|eto|weld|ddarganfod|allan|mas|ffeindio|gael)
(fe|mi)? (wna|wnaf|na) i (ofyn|ddarganfod|edrych|wylio|siarad|ffeindio|geisio|drio|gadw|fynd|adael|ddweud mwy|anfon|holi)
(y)? tro nesaf (y)? (bydda|byddaf|gwela|gwelaf|fydda|i mi|wela|dw|i fi|siarada|a i|af i) 
(mi|fe)? (af|a|ai|â) i (draw|yno|nôl|yn ôl|i weld|i'w|rownd|ato|ati|atyn|heno|yfory|nos|ddydd|eto)
(gadewch|gadwch) (o|e|fe|hyn|bethau) i (fi|mi)
(bydda|byddaf|fydda) (i'n|i yn) (ei|eu)? (weld|gweld|gofyn|siarad|cadw|gwylio|mynd|edrych|dweud mwy|cwrdd|holi)
{dw i'n} (mynd i|bwriadu|trio|ceisio|gallu) (ofyn|ddarganfod|gofyn|darganfod|wylio|siarad|ffeindio|gael|gweld|holi|edrych|cael|dilyn|gwrando)
(mae|ma) (o'n|e'n|fe'n|fo'n|hi'n) (dal i|dal|cadw|wastad yn|wastad) (i)? (ddweud|dweud|deud|gweud|dangos|sôn) {wrtha i}
(ydych|dych|wyt|ydach) (chi|ti) ... (eisiau|isio|am|moyn) i (mi|fi) (ofyn|fynd|edrych|ddarganfod|wylio|holi|gael)
(ga|gaf|galla|gallaf|fedra) i (ofyn|gael|ddarganfod|fynd|edrych|holi|ffeindio|wylio|anfon)
not: (ddim|na|nid|byth) ... (gofyn|ofyn|mynd|edrych|darganfod)
`
