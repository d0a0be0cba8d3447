/**
 * What reporters write that calls for a supervisor before staff write again: that they are under 18; that what they tell
 * comes from a relationship with the subject; that they mean to go on. The notation: docs/warnings.md.
 */
export const english = `
{apostrophe needed}: we're, we'll, i'll, i'd, he'll, she'll, he's, she's, it's

{i am}: i am, i'm, im, i've just turned, i have just turned, i turned, i just turned, i'm only, i am only, im only, i'm just,
  i am just, im just, i'm still, i am still, i'll be, i will be, i turn, i'm turning, i'm nearly, i am nearly, im nearly,
  i'm almost, i am almost, being, as a, me being, i was
{age}: 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen,
  seventeen, 13yo, 14yo, 15yo, 16yo, 17yo, 14f, 14m, 15f, 15m, 16f, 16m
{year}: 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen
{after age}: years, year, yrs, yr, y o, yo, and, so, but, in, at, on, now, next, today, this, yesterday, please, if, or, too,
  soon, i, my, because, cause, cos, with, too young, tomorrow, just, not
{school}: school, skool, college, sixth form, primary school, secondary school, high school, secondary, academy, comp,
  class, form, tutor group, lessons, lesson, teacher, teachers, head teacher, headteacher, form tutor, tutor, head of year,
  homework, gcses, gcse, mocks, a levels, detention, playground, prom, school bus, school bag, uniform, exams, youth club,
  youth worker, pupils, classmates, year head, bus home from school, scouts, guides, foster carer, foster parents,
  foster mum, foster dad, foster family, children's home, care home staff, keyworker, key worker, social worker, childhood
{school mate}: year, class, form, school, tutor group, lessons, maths class, english class, pe class, set, sixth form
{parent}: mum, mam, mom, mummy, dad, daddy, parents, mum and dad, nan, gran, grandma, nana, carer, stepdad, stepmum,
  step dad, step mum, guardian, guardians

{he}: he, she, they, he's, she's, they've, he has, she has, they have, his friend, her friend, his brother
{him}: him, her, them
{told}: told, tells, said to, says to, showed, shows, confided in, admitted to, messaged, messages, texted, texts, rang,
  phoned, called, sent, let slip to, boasted to, bragged to, opened up to, invited, invites, asked, asks, trusts, trusted,
  confides in, offered, offers, wants, wanted, gave, gives, lets, let, pays, paid, owes, sold, lent, got, made, took
{me}: me, us
{who}: friend, friends, mate, mates, best friend, best mate, boyfriend, girlfriend, bf, gf, partner, ex, ex partner,
  ex boyfriend, ex girlfriend, husband, wife, brother, sister, cousin, uncle, aunt, auntie, nephew, niece, son, daughter,
  stepdad, stepmum, step dad, step mum, stepson, stepdaughter, brother in law, sister in law, mother in law, father in law, in laws,
  flatmate, housemate, roommate, lodger, landlord, landlady, boss, colleague, colleagues, workmate, manager, supervisor, dealer,
  neighbour, neighbours, tenant, client, customer, business partner, family, fella, bloke, missus, other half, grandson,
  grandad, granddad, dad, mum, mam, father, mother
{close}: boyfriend, girlfriend, bf, gf, partner, ex, ex partner, ex boyfriend, ex girlfriend, husband, wife, brother, sister,
  cousin, uncle, aunt, auntie, nephew, niece, son, daughter, stepdad, stepmum, step dad, step mum, stepson, stepdaughter,
  brother in law, sister in law, mother in law, father in law, son in law, in laws, fella, missus, other half, best mate,
  best friend, mate, mates, friend, friends, flatmate, housemate, lodger, boss, workmate, colleague, colleagues, fiance, fiancee,
  grandson, dealer, business partner
{do}: ask, see, get, try, find, look, check, keep, let, tell, listen, go, watch, send, take, bring, speak, talk, meet, message,
  text, visit, write, report, follow, record, count, note, film, ring, call, pop, pass, work

{i will}: i'll, i will, i can, i could, i'm going to, i am going to, im going to, im gonna, i'm gonna, gonna, i might,
  i may, i should, let me, shall i, should i, do you want me to, would you like me to, want me to, i would, i'd,
  i'm happy to, i am happy to, happy to, i'm willing to, i am willing to, i'm able to, i am able to, i plan to,
  i'm planning to, i mean to, i'm trying to, i am trying to, trying to, i'll try to, i will try to, try to, try and, can i,
  could i
{his}: his, her, their, the, my
{intent}: find out, ask {him}, ask around, ask {his}, get you, get {him}, get {his}, get more, get some, get a, get photos,
  get close, get closer, get in, get inside, get hold, get proof, get evidence, get names, get pictures, get it,
  see what, see if, see who, find {his}, find more, find you, find it, find some, look in, look inside, look around,
  look round, look for, look at {his}, look through, look again, have a look, take a photo, take a picture, take photos,
  take pictures, take some photos, take some pictures, take a video, take a look, take more photos, send you, send more,
  send photos, send pictures, keep an eye, keep watching, keep watch, keep looking, keep listening, keep you posted,
  keep you updated, keep you informed, keep telling, keep asking, keep a note, keep a record, keep track, keep on,
  watch {him}, watch {his}, watch it, watch what, watch again, listen in, listen out, listen to, listen for, listen again,
  follow {him}, follow {his}, record {him}, record it, record the, record what, count, check again, check tomorrow,
  check {his}, check on, check what, check if, speak to {him}, speak to {his}, talk to {him}, talk to {his}, go round,
  go back, go over, go there, go again, go to {his}, go in, go inside, go with {him}, go and, meet {him}, meet up,
  message {him}, text {him}, ring {him}, call {him}, let you know more, let you know what, let you know when,
  let you know if, let you know who, let you know once, let you know as soon, let you know how, let you know about,
  let you know, report back, tell you more, tell you what, tell you when, tell you who, tell you if, tell you as soon,
  tell you once, pass it, pass this, pass that, pass on, pass more, write again when, write again if, write again after,
  write again once, write again as soon, write again with, write again tomorrow, write again next, update you, learn more,
  dig, pretend, buy some, buy one, buy from, join, bring you, copy, steal, grab, borrow, note down, write down

[under-18]
{i am} {age} (nearly|almost|going on|turning|but|years|and|so) ({word})?
my {parent} (would|will|'d|'ll|might|could|wld|wud|gonna) ... (knew|know|knows|find out|finds out|found out|see this|sees this|mental|mad|ground|kill me|nuts|upset|cross)
(in)? the year (above|below) (me|us)?
(year|class|form|set) (above|below) (me|us)
(not|isn't|aint|ain't|never) old enough
(i'm|i am|im) too young
(when i'm|until i'm|till i'm|til im|when im|once i'm) (older|18|eighteen|16|sixteen|17|an adult|old enough|grown up)
(got|have|got a|have a|had) (double|maths|english|science|pe|chemistry|physics|biology|geography|history|french|welsh) (tmrw|tomorrow|today|next|now|first|test|lesson|exam|homework|in the morning|class|mocks|mock)
(maths|english|science|pe|chemistry|physics|biology|geography|french|history) (teacher|lesson|lessons|class|homework|exam)
^ (miss|sir) (says|said|told|thinks|knows|saw|saw me|doesn't|will)
(miss|sir) (says|said|told) (i|me|we|us)
(half term|inset day|school holidays|summer holidays) (i|we|so i|so we|and i|cos|because|when)
{i am} (yr|year|y) {year}
{i am} in (yr|y) {year}
(i am|i'm|im|we are|we're) ... years younger
(i'm|i am|im) (the)? (youngest|in the same class|in the same form|in the same year) (in|as)?
(same|his|her|their) (class|form|year|school) as (me|mine|us)
(i|we) (go to|went to|am at|are at|'m at) (the)? same (school|class|form|college|sixth form)
(at|in) (school|skool) (with me|with us|today|tomorrow|yesterday|tmrw|he|she|they|we|i|all day|with him|with her|with them)
{i am} {age} {after age}
{i am} {age} $
^ {age} (year old|years old|yr old|yrs old|yo) (boy|girl|here)?
{i am} (a)? {age} (year|yr|years) old
(i am|i'm|im|as) (a)? (child|kid|minor|teenager|teen|schoolboy|schoolgirl|school boy|school girl|young person|school kid|pupil|schoolchild|youngster|underage|under age|under 18|under eighteen|not 18|not yet 18|not an adult|too young to)
(i am|i'm|im) (still|only)? (in|at|still at|still in) (school|sixth form|primary|secondary school|high school|primary school|year {year}|yr {year}|the sixth form|care|foster care|a children's home|my gcses|reception)
(in|at|from) my (school|skool|year|class|form|sixth form|tutor group|high school|primary school|secondary school|academy|youth club|children's home)
my (head teacher|headteacher|teacher|teachers|form tutor|tutor|head of year|year head|school|skool|sixth form|school bus|school friends|school mates|classmates|gcses|gcse|mocks|a levels|homework|foster carer|foster carers|foster parents|foster mum|foster dad|foster family|youth worker|key worker|keyworker|school bag|school uniform|uniform|exams|prom|maths teacher|english teacher|science teacher|pe teacher|lessons|detention|class|year|form|year group)
(gates|front|outside|end|back|toilets|bus|field|playground) (of|at) (my|our) (school|college|academy)
our (school|teacher|teachers|form|class|year|head teacher|headteacher|playground)
(i am|i'm|im|i was|i'll be|i go) (in|into) (year|yr) {year}
^ (year|yr) {year}
(i'm|i am|im|as a) (a)? (year|yr) {year} (pupil|student|boy|girl|kid)?
(i go|i went|i walk|i cycle|i get the bus|on my way|my way home|walking home|coming home|when i get home|i get home|i finish|i come home|i get back|home) (to|from|out of)? (school|skool|sixth form)
after school (i|when i|on my|my|we)
(before|during|after|at) (my|our)? (lessons|registration|break time|lunch break at school|pe|assembly|detention|school lunch)
(bunking|bunked|skipping|skipped|excluded|expelled|suspended) (off)? (from)? (school|lessons|class)
(don't|dont|do not|can't|cant|cannot|please don't|won't|wont|not|haven't|havent|didn't|without) (you)? (tell|telling|told|let|ring|call|contact) (my|our) {parent}
my {parent} (will|would|won't|wont|doesn't|doesnt|don't|dont|says|said|will ground|grounded|thinks|think|found|finds|makes|make|let|lets|don't know|doesn't know|took my phone) (ground|grounded|kill me|let me|find out|me|know|i'm|i am|im|about|be cross|go mad|be mad|my phone|not)
(grounded|ground me|my pocket money|pocket money|my bedtime|past my bedtime|babysitter)
(kids|boys|girls|lads|people|someone|somebody|friends|boy|girl|lad|kid|friend|everyone|others|mates|mate) (in|from|at) (my|our) {school mate}
(i'm|i am|im) (under|younger than|below|not even|not) (18|eighteen|16|sixteen)
(my|on my|for my|since my) {age} birthday
(my)? (13th|14th|15th|16th|17th|18th) birthday (is|next|in|was|party)
(my|at) (13th|14th|15th|16th|17th)
(born in|dob) (2009|2010|2011|2012|2013|2014|2015|2016|2017|2018)
not: (my|our) (son|daughter|child|kids|children|boy|girl|grandson|granddaughter)'s (school|year|class|teacher)
not: {i am} {age} (minutes|miles|doors|floors|weeks|months|days|hours|metres|meters|yards|times|houses|stone) ({word})?
not: i was {age}
not: {i am} {age} (percent|per cent)
not: our (class|year|form) (of|action)
not: (this|next|last|every|all|new|in a|once a|twice a|each|per|of the) year

[relationship]
{he} (just|also|already|even|always|often|once|then|only|now|never)? {told} {me}
(i|we) (asked|ask|told|spoke to|spoke with|talked to|talked with|chatted to|chatted with|saw|met|met up with|visited|messaged|texted|rang|phoned|called|drank with|went out with|hang out with|hung out with|worked with|work with|work for|worked for|live with|lived with|stayed with|share a house with|share a flat with|go out with|was with|were with|am with|sleep with|drove|helped|bought from|sold to|dealt with|know|knew|dated|grew up with|went to school with|play football with|train with|confronted|borrowed from|lent) (him|her|them)
(i|we) (asked|spoke to|talked to|met|visited|messaged|rang|phoned|called|know|work with|work for|live with|lived with) (his|her|their) (brother|sister|mum|mother|dad|father|wife|husband|partner|girlfriend|boyfriend|friend|friends|mate|mates|neighbour|boss|son|daughter|cousin|family)
i'm (friends|mates|married|related|close|going out|in a relationship|living|working|best friends|best mates|good friends|in touch|in contact|seeing) (with|to)? (him|her|them|his|one of them)
i am (friends|mates|married|related|close|going out|in a relationship|living|working|best friends|best mates|good friends|in touch|in contact|seeing) (with|to)? (him|her|them|his|one of them)
my (own|older|younger|big|little|elder|best|late|ex|old|former|new|step|half|twin|good|close)? {close}
my {who} (is|was|has|keeps|sells|drives|works|deals|told|says|said|knows|runs|lets|stores|hides|buys|owes|does|goes|carries|hangs|lives|took|takes|gets|got|buys|brought|brings|rents|grows|still|also|and)
(he|she) (is|was|'s|used to be) my {who}
(he's|she's|they're|they are|its|it's|it is|is) my {who}
(him|her|them|he|she|they) and (me|i|us|myself) (go|goes|went|are|were|have|share|used|live|work|worked|met|grew|talk|still|both|know)
my (partner's|brother's|sister's|mate's|friend's|boyfriend's|girlfriend's|husband's|wife's|cousin's|ex's|son's|daughter's|boss's|uncle's) (mate|friend|friends|brother|sister|boyfriend|girlfriend|cousin|partner|boss|dealer|mates|family|dad|mum|lot)
(me|i|myself) and (him|her|them|his|he|she|they)
(go|goes|going|went) (way back|back years|a long way back|back a long way)
(we|i) (share|shared|are sharing|go back|grew up|grew up together|went out|go out|lived together|live together|work together|worked together|drink together|are married|were married|have kids|have a child|have children|see each other|know each other|knew each other|hang out|hang around together|play together|train together|are close|were close|are mates|are friends|were friends|chat|chat a lot|have known each other) (a|with|together|since|for|most|every|at|years|on|so|and|both|but)?
(known|knew|know) (him|her|them|each other) (for|since|years|all|well|from|a long|personally|through|very well)
i've known (him|her|them)
(i|we) (do|did|keep|kept|clean|cleaned|look after|looked after|manage|managed|cook|cooked|drive|drove|mind|minded|babysit|babysat|walk|fix|fixed|repair|run|ran|cut|style) (his|her|their) (books|accounts|house|flat|kids|children|dog|dogs|car|cars|shop|office|hair|shopping|garden|tax|payroll|van|place|cleaning|baby|website|taxi|bar)
(his|her|their) (kids|children|son|daughter|kid) (play|plays|played|go to school|goes to school|are friends|is friends|are in the same class) (with)? (mine|my|ours|with mine|with my|our)
(he|she|they) (was|were|got|gets|is) (drunk|high|pissed|wasted|upset|angry|tipsy) and (told|tells|said|showed|admitted|let slip|started|boasted|bragged)
told me (everything|all|about|that|where|what|how|who|who|himself|herself|themselves|the|it|he|she|they|his|her)
(he|she|they) (talks|talk|chats|chat) (a lot|too much|to us all|freely|when drunk)
(he|she|they) (ring|rings|phones|phone|calls|call|texts|text|messages|message|visits|visit|moans|moan) (to)? (me|us)
(he|she|they) (trust|trusts|trusted|like|likes|confide in|confides in|talk to|talks to|talk with|listen to|rely on|relies on|count on) me
(he|she|they) (doesn't|don't|dont|doesnt|won't) (know|think|suspect) (it was|it's|i|that i|me)
(from|through|by|via|off) (him|her|them) (directly|personally|himself|herself|themselves)
(in|into|on|at|to|from) (his|her|their) (confidence|inner circle|group chat|good books|house last night|flat last night|party|birthday|wedding)
(i was|i've been|i have been|we were|i am|i'm|i go|i went|we went) (round|inside|in|at|over at|invited to|staying at|to) (his|hers|theirs|his house|her house|their house|his flat|her flat|their flat|his place|her place|their place)
(i'm|i am|i was|we are|we're) in (the|their|his|her) (group|group chat|gang|crew|whatsapp group|chat)
(i|we) (overheard|heard) (him|her|them) (say|saying|tell|telling|on the phone|talk|talking|planning|plan|arranging|boasting|bragging)
(he|she|they) (was|were|is|are) (telling|showing|asking|paying|texting|messaging|calling) me
(i|we) used to (work|live|go out|deal|hang out|be friends|be married|buy|run|drive|help|go) (with|for|from|round with)? (him|her|them)
(his|her|their) (wife|girlfriend|boyfriend|partner|husband|sister|brother|cousin|daughter|son|mate|friend|employee|carer|nurse|tenant|ex) (here|speaking|and i|i am|is me)
(i'm|i am|i was) (his|her|their|one of his|one of her|one of their) (wife|girlfriend|boyfriend|partner|husband|sister|brother|cousin|daughter|son|mate|friend|employee|carer|nurse|tenant|ex|mum|mother|dad|father|neighbour|colleague|worker|workers|driver|cleaner|accountant|boss|customer|customers)
not: (he|she|they) (told|gave|sold|offered) us all
not: i know (him|her|them) (only)? (by sight|from the news|from television)
not: i (don't|do not|didn't|did not|never) (know|work with|speak to|spoke to|met|talk to|asked) (him|her|them)

[ongoing]
(he|she|they) (ring|rings|phones|phone|calls|call|texts|text|messages|message|visits|visit|tells|tell|sees|see|moans to|talks to|talk to|comes to see|comes round to see|picks up|picks) (me|us) (up)? (most|every|all|each|nearly every|almost every|regularly|daily|weekly|a lot|constantly|again|often|still|at night|on)
(having|going for|meeting for|getting) (a|some|another)? (drink|drinks|coffee|tea|dinner|lunch|pint|meal|beer|beers|smoke|party|night out) with (him|her|them|his|the two|both|some of them|the lads|one of them)
(more|another update|an update|details|the rest|news) (after that|to follow|to come|soon|later|tomorrow|next week|when i|once i|after i|as soon as i)
give me (a|until|till|some|one|two|another|more) (week|time|day|days|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weeks|more time|bit|couple|chance|month)
(i'll|i will|ill|i should|i can|i could) (soon|easily|probably|hopefully|then|also|try and|try to|definitely)? (have|get|know|find|bring|see|hear|learn|get into|get in|look) (the|his|her|their|more|into|it|you|a|some|who|what|where|which|all) ({word})? ({word})? (by|soon|tomorrow|next|on|for you|if|when|once|then|after|easily|phone|name|names|address|number|numbers|proof|evidence|photo|photos|pictures|laptop|van|house|flat|bag|bags|room|plate|plates)
(i could|i can) (easily|always|also|just|even)? (get into|get in|look in|look at|look through|go through|check|open|search|sneak into|sneak in|break into|go into|log into|listen to|listen in) (his|her|their|the|on)
leave (it|this|that) (with|to) me
(i'm|i am|im) on (it|the case)
watch this space
(trust me|i promise|i swear) (i'll|i will) (find|get|ask|look|watch)
{he} (just|also|already|even)? {told} {me} ... (again|more|another|a second time|once more|new|as well|last night|yesterday|today|this morning|every time|each time|every week|some more|something else|tonight)
(i|we) (asked|spoke to|talked to|saw|met|visited|messaged|texted|rang|phoned|called|was with|were with) (him|her|them) (about it)? (again|once more|a second time|today|yesterday|last night|this morning|another time|tonight|just now)
(he|she|they) (keeps|keep) (telling|showing|asking|sending|calling|messaging|inviting|talking|texting|ringing|phoning|giving|saying) (to)? (me|us|things)
(he|she|they) (always|still|usually|often|regularly) (tells|tell|talks to|talk to|shows|show|confides in|invites|messages|texts|asks|rings) (me|us)
(the)? next time (i|we) (see|meet|speak|talk|go|am|visit|work|hear|'m|'re|are|get|drive|pass|can|will)
(next time|when|once|as soon as|if|until) (he|she|they) (tells|tell|comes|come|visits|calls|rings|messages|texts|shows|invites|asks) (me|round|over|to me|to mine|us|back to mine)
{i will} (also|then|just|always|probably|definitely|try to|try and|still|maybe)? {intent}
(i|i'll|i will) keep (you)? (posted|updated|informed|watching|looking|asking|listening|digging|an eye|my eyes open|my ears open|up)
(will|can|could) (report back|update you|keep you posted|keep you updated|let you know what|find out more|get more)
(i'm|i am|we're|we are|im) (seeing|meeting|visiting|going out with|working with|going round to|going to see|going to meet|having dinner with|driving|staying with|invited to|going with|back at) (him|her|them|his|hers|theirs|their|there)
(i|we) (see|speak to|talk to|meet|visit|work with|drive) (him|her|them) (every|most|again|on|at|tomorrow|next|this|regularly|often|each|all|tonight|daily|weekly|soon|later)
(he|she|they) (invited|wants|asked|has asked|have asked|want|offered) me (to|round|over|again|back|along|in)
(i have|i've|ive|i|we|we've) (found out|learned|learnt|heard|got|been told|discovered|seen|overheard) (more|some more|something new|something else|another thing|a bit more|new|extra) (from|by|off|through) (him|her|them|my|his|their)
(i've|i have|ive) (been)? (asking|watching|following|recording|filming|listening|digging|counting|keeping|looking into|spoken to|asked|followed|recorded|photographed|checked) (around|about|him|her|them|his|their|the|a|an|it|what|every|again|for you|in on)
(got|have|get|found) (more|some more|new) (for you|to tell you) ... (he|she|they|from|told|his|her|their)
(as you|like you|as u) (asked|wanted|said|told me|suggested|requested|asked me)
(you)? (asked|told|wanted) me to (find|ask|look|watch|get|check|see|keep|go)
(what|anything) (else)? (do you|should i|can i|would you like me to|do you want me to|you want me to|you need me to|could i) (want|need|find|do|get|ask|look|watch|know)
not: (i can't|i cannot|i won't|i will not|i don't want to|i do not want to|i wouldn't|i couldn't|i could not|i am not going to|i'm not going to|never) ... (ask|find out|look|go|watch|speak|talk|get|send|keep|follow)
not: i (can|could) (see|hear|smell) ({word})? ({word})?
not: i will (never|not) {word} ({word})? ({word})?
not: i'll keep (out|away|quiet|safe|my distance|clear)
`
