/** What gives an English-speaking reporter away. The notation, and how to add a line: docs/warnings.md. */
export const english = `
# ---- Lists -------------------------------------------------------------------------------------------

{apostrophe needed}: we're, we'll, i'll, i'd, he'll, she'll, he's, she's, it's

{i am}: i am, i'm, i've been, i have been, we are, we're, i was, we were
{being}: am, was, are, were, be, been, being
{my}: my, our, ma
{i}: i, we
{i have}: i have, i've, i had, i'd, we have, we've, we had, i
{me}: me, us, mine, ours
{to me}: me, us
{he}: he, she, they, he's, she's, they've, he has, she has, they have
{him}: him, her, them, he, she, they, these, this, those, both
{his}: his, her, their
{just}: just, really, also, already, even, always, often, still, only, never, probably, actually, currently,
  now, personally, used to, first
{no}: {number}, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, twenty
{house number}: number, no, nos, num, numbers, flat, unit, plot, apartment

{describing}: own, late, older, elder, eldest, younger, youngest, big, little, old, other, best, good,
  close, former, previous, current, new, first, second, two, three, poor, ex, estranged, grown up,
  so called, biological, real, adopted, foster, teenage, disabled, elderly
{kin}: brother, brothers, bro, bruv, brotha, sister, sisters, sis, twin, sibling, siblings, mum, mums, mam,
  mom, mummy, mammy, ma, mother, dad, dads, daddy, father, son, sons, daughter, daughters, uncle, uncles,
  aunt, aunts, auntie, aunty, cousin, cousins, nephew, nephews, niece, nieces, gran, granny, nan, nana,
  nanna, grandma, grandmother, grandad, granddad, grandpa, grandfather, grandson, granddaughter, grandchild,
  grandchildren, grandparents, parent, parents, husband, hubby, wife, missus, spouse, partner, other half,
  boyfriend, girlfriend, bf, gf, fella, fiance, fiancee, ex, exes, baby daddy, baby dad, baby mama,
  baby mum, relative, relatives, relation, family, kid, kids, child, children, baby, lad, girl, toddler,
  teenager, godson, goddaughter, godfather, godmother, stepson, stepdaughter, stepdad, stepmum, stepfather,
  stepmother, stepbrother, stepsister, step brother, step sister, step dad, step mum, step father,
  step mother, step son, step daughter, half brother, half sister, brother in law, sister in law,
  mother in law, father in law, son in law, daughter in law, in laws, ex husband, ex wife, ex partner,
  ex boyfriend, ex girlfriend, ex bf, ex gf, old man, foster child, foster son, foster daughter,
  foster carer, foster parents, great uncle, great aunt

{home}: house, home, flat, apartment, bungalow, place, garden, yard, gate, fence, hedge, wall, window,
  windows, kitchen, bedroom, lounge, living room, front room, bathroom, loft, landing, porch, balcony,
  conservatory, garage, drive, driveway, shed, doorstep, door, front door, back door, doorbell,
  ring doorbell, letterbox, cctv, dashcam, security camera, camera, cameras, bins, street, road, lane,
  close, avenue, terrace, block, estate, building, stairwell, stairs, corridor, floor, hallway, village,
  hamlet, cul de sac, neighbourhood, area, address, postcode, caravan, boat, farm, field, fields, land,
  allotment, room, hostel, ceiling, roof, property, parking space
{neighbour}: neighbour, neighbours, neighbor, neighbors, neigbour, nextdoor, next door neighbour
{beside}: next door, next door but one, nextdoor, nxt door, nxt dr, opposite, oposite, across, accross,
  facing, above, below, beneath, underneath, upstairs, downstairs, behind, beside, alongside, adjacent,
  adjoining, next, near, nearby, close, around, round, on, in, at, by, two doors, three doors, a few doors,
  doors down, along, up, down, over, within, just, there, here, local, locally, with, two, three, between,
  off, outside, under, minutes, yards, from
{live}: live, lives, lived, living, stay, staying, reside, resided, dwell, moved, moved in, rent, rented,
  own, owned, grew up, bought
{other people}: he, she, they, who, man, woman, men, women, lad, boy, girl, couple, family, people, person,
  guy, bloke, tenant, tenants, owner, suspect, dealer, occupant, occupants, house, flat, someone, lives,
  live, living, lived, staying, based, van, vans, van's, car, cars, lorry, deliveries, vehicles, is, it's,
  its

{reach}: contact, call, phone, ring, text, txt, message, msg, email, e mail, mail, whatsapp, dm, pm, reach,
  bell, buzz, inbox, add, write to, reply to, get in touch with, get hold of, get back to, speak to, talk to
{reach ending}: on, at, via, through, by, back, if, when, whenever, any, anytime, anyday, after, before,
  between, please, pls, plz, for, using, tomorrow, directly, {phone}, {email}

{work}: work, works, worked, working, volunteer, volunteered, train, trained, study, studied, teach, taught,
  clean, cleaned, cook, cooked, deliver, delivered, serve, served, shop, drink, drank, play, played,
  go to church, worship, box, share, shared, compete, wrk
{with}: with, for, alongside, beside, under, at, in, there, here, on, together, near, next, nearby,
  opposite, wiv
{being there}: there, present, inside, outside, at, in, on, with, behind, next, nearby, invited, part of,
  involved
{doing}: walking, driving, waiting, sitting, standing, delivering, working, cleaning, visiting, serving,
  passing, shopping, cycling, running, jogging, parked, offered, asked, threatened, attacked, approached,
  paid, given, forced, told to, recruited, groomed, stopped, drinking, playing, fishing, stood, sat,
  queuing, staying, looking after, collecting, picking, dropping, paying, buying, scammed, robbed, employed,
  hired, sacked, fired, dismissed, conned, tricked, fixing, painting, repairing, invoicing, doing
{told}: told, tell, tells, said to, says to, showed, shows, shown, offered, offers, asked, asks, threatened,
  threatens, sold, sells, gave, gives, sent, sends, messaged, messages, texted, texts, rang, phoned, called,
  paid, pays, owes, owed, lent, invited, invites, wanted, wants, forced, made, makes, employed, hired,
  sacked, fired, followed, follows, approached, approaches, hit, attacked, recruited, added, adds, blocked,
  promised, charged, charges, warned, warns, admitted to, confided in, boasted to, bragged to, let, lets,
  got, gets, get, took, takes, trusts, trusted, knows, confessed to, persuaded, convinced, groomed,
  tried to recruit, emailed, dmed, contacted, contacts, fronted, bullies, bullied, tried to sell,
  tried to get, conned, robbed
{gave}: sold, lent, gave, paid, pay, owe, owed, drove, helped, met, asked, told, confronted, visited,
  messaged, texted, rang, phoned, emailed, employed, hired, sacked, interviewed, treated, served, handed,
  taught, trained, invoiced, followed, dropped off, picked up
{bought}: bought, buy, borrowed, rented, ordered, got
{went}: spoke, talked, chatted, argued, fell out, dealt, traded, went, drank, played, walked, lived, signed,
  travelled
{where i go}: school, college, uni, university, class, year, form, course, work, workplace, job, office,
  shop, gym, club, team, church, mosque, temple, chapel, pub, local, local pub, ward, clinic, surgery,
  hospital, depot, warehouse, factory, site, salon, barbers, department, company, firm, business, practice,
  unit, shift, shifts, rota, round, route, bus, commute, lesson, lessons, training, break, lunch,
  lunch break, till, counter, desk, league, band, choir, lodge, allotments, taxi, cab, stall, prison, wing,
  cell, tutor group, care home
{who i know}: boss, bosses, manager, supervisor, gaffer, employer, employee, employees, staff, colleague,
  colleagues, coworker, coworkers, co worker, workmate, work mate, teammate, team mate, mate, mates, m8,
  friend, friends, freind, pal, pals, bestie, bff, buddy, flatmate, flat mate, housemate, house mate,
  roommate, room mate, lodger, landlord, landlady, tenant, tenants, teacher, tutor, coach, client, clients,
  customer, customers, patient, patients, pupil, pupils, student, students, dealer, classmate, carer,
  cleaner, social worker, probation officer, line manager, apprentice, business partner, passenger,
  passengers, friendship group, group chat, team leader, pimp
{trip}: work, school, college, the school run, home, the shops, the gym, the pub, church, mosque, the bus,
  the station, lunch, my lunch, a run, my run, my break, the way home, nursery, rounds, duty, shift, patrol,
  nights

{role}: nurse, teacher, doctor, gp, carer, social worker, postman, postwoman, postie, driver, bus driver,
  taxi driver, cleaner, landlord, landlady, tenant, neighbour, student, pupil, volunteer, councillor,
  police officer, officer, pcso, security guard, guard, shopkeeper, barber, hairdresser, builder, plumber,
  electrician, roofer, scaffolder, chef, waiter, waitress, barman, barmaid, courier, delivery driver,
  lecturer, tutor, coach, youth worker, support worker, health visitor, midwife, paramedic, dentist,
  pharmacist, vet, solicitor, accountant, bookkeeper, bank clerk, cashier, manager, supervisor, director,
  employee, worker, former employee, ex employee, parent, mother, mum, father, dad, single mum,
  single parent, grandparent, pensioner, teenager, child, minor, girl, boy, man, woman, wheelchair user,
  resident, local resident, customer, regular, patient, victim, witness, whistleblower, farmer, gamekeeper,
  journalist, priest, vicar, imam, teaching assistant, dinner lady, caretaker, receptionist, secretary,
  foster carer, mechanic, decorator, porter, prisoner, inmate, refugee, asylum seeker, professional,
  member of staff, letting agent, estate agent, escort, sex worker, drug user, addict, user, former user,
  dealer

{background}: polish, romanian, albanian, lithuanian, latvian, bulgarian, portuguese, irish, scottish,
  english, welsh, asian, pakistani, indian, bangladeshi, chinese, vietnamese, somali, nigerian, ukrainian,
  russian, kurdish, turkish, iranian, afghan, syrian, african, caribbean, black, white, muslim, christian,
  catholic, jewish, sikh, hindu, gay, lesbian, trans, gypsy, traveller, irish traveller, roma

# What anyone may say of themselves without giving themselves away.
{harmless verb}: saw, see, seen, think, thought, heard, hear, know, knew, believe, noticed, notice, suspect,
  guess, reckon, hope, wish, would, will, can, can't, cannot, could, couldn't, did, didn't, don't, do, have,
  haven't, had, am, was, may, might, must, should, want, understand, assume, feel, felt, fear, wonder,
  wondered, mean, read, remember, remembered, recall, won't, wouldn't, look, looked, smell, smelled, smelt,
  observed, witnessed, witness, spotted, spot, realise, realised, say, said, suppose, doubt, need, ain't,
  imagine, presume, counted, count, watched, hate, find, found, get, came, ask, trust, pray, beg, gather,
  gathered, figured, expect, went past, caught, agree, accept, care, love, mention, mentioned, add, repeat,
  note, noted, tried, try, happened, apologise, report, stress, let, wanted, are, were, fully, honestly,
  strongly, recently, sometimes, first, then, too, also, or, and, but, if
{harmless thing}: view, opinion, opinions, knowledge, concern, concerns, worry, worries, guess,
  understanding, impression, suspicion, suspicions, feeling, feelings, fear, fears, apologies, thanks,
  belief, beliefs, thought, thoughts, point, eye, eyes, ears, heart, mind, experience, phone, report,
  message, identity, question, questions, god, word, gut, hope, best, estimate, main, honest, reasons,
  reason, spelling, english, typing, memory, personal, last, first, only, mistake, fault, blood, attention,
  days, life, privacy, name, country, town, city, police, society, communities, community, own, streets,
  youth, young, nation, answer, advice, suggestion, information, duty, evidence, sight, head, recollection,
  hunch, sense

{harmless state}: sure, unsure, certain, worried, scared, afraid, frightened, terrified, concerned, writing,
  reporting, told, aware, unaware, sorry, sick, tired, fed, angry, upset, disgusted, appalled, shocked,
  surprised, glad, happy, confident, convinced, positive, hoping, asking, talking, trying, going, able,
  unable, willing, unwilling, not, no, in, at, on, of, to, so, very, too, only, just, really, quite, pretty,
  almost, nearly, also, still, all, anonymous, safe, nervous, anxious, suspicious, reluctant, wrong, right,
  mistaken, guessing, assuming, thinking, wondering, starting, beginning, getting, telling, saying, giving,
  sending, attaching, prepared, grateful, thankful, desperate, saddened, sad, horrified, puzzled, curious,
  careful, a, an, the, with, out, here, there, up, under, about, speaking, referring, submitting,
  contacting, doing, looking, hopeful, astonished, amazed, bothered, well, fine, ok, okay, being, be,
  informed

# Used once below, each where its name says.
{part of home}: front, back, local, shared, whole, entire, kitchen, bedroom, bathroom, landing, upstairs,
  top, garden, side, room
{done for them}: do, did, keep, kept, run, ran, make, made, carry, carried, hold, held, cook, write, wrote,
  fix, fixed, sell, store, stored, deal, dealt
{done to theirs}: cut, cuts, do, did, fixed, repaired, serviced, cleaned, clean, styled, painted, typed,
  type, handle, handled, process, processed
{dealing}: argument, row, fight, fling, affair, drink, chat, word, conversation, relationship, meeting,
  deal, arrangement, disagreement
{doing to me}: threatening, blackmailing, hitting, bullying, following, forcing, making, grooming, asking,
  telling, messaging, texting, paying, watching, stalking, harassing, intimidating, trying to get,
  trying to make
{suffered}: robbed, scammed, exploited, forced, raped, beaten, threatened, blackmailed, evicted, groomed,
  sacked, mugged, assaulted, trafficked, recruited, made to, offered
{belonging}: passport, papers, wages, wage, bank, bank account, savings, debt, debts, rent, deposit, car,
  van, bike, bicycle, motorbike, moped, dog, dogs, cat, cats, horse, horses, taxi, cab, laptop, handbag,
  purse, wallet, account, tools, trailer, caravan, shop, round
{nobody in particular}: someone, somebody, people, others, nobody, anyone, anybody, everyone, source,
  rumour, which, that, what, something, was, been, being, were, this, it, instinct, gut
{harmless before me}: let, believe, trust, excuse, forgive, help, pardon, to, seems, strikes, struck,
  worries, concerns, concerned, scares, like, for, of, about, makes, made, shocked, worried, surprised,
  bothers, upsets, upset, tells, gives, gave, reach, asking, stopping, than, and, as, from, at, with, on,
  by, that, contact, call, ring, name, quote, identify, if
{harmless before us}: let, of, to, for, with, around, like, on, about, from, by, all, makes, make, give,
  gives, help, trust, stop, concerns, worries, at, against, than, both, none, most, many, some, tell,
  scares, tells, among, amongst, between, over, upon, remind, reminds, leaves, costs, cost, affects, near
{kind of worker}: driver, worker, officer, teacher, manager, fitter, operator, engineer, technician, nurse,
  assistant, agent, inspector, owner, clerk, user
{kind of business}: shop, pub, cafe, restaurant, garage, salon, takeaway, business, farm, nursery, company,
  stall, hotel, bar, gym, barbers, store
{trait}: disability, wheelchair, pregnancy, age, religion, nationality, accent, apprenticeship, tenancy,
  visa, illness, condition, birthday
{authority}: police, council, crimestoppers, landlord, housing, environmental, school, 101, 999, hotline,
  cops, councillor, mp, rspca, trading standards, social, hmrc, pcso
{office}: team, department, office, council, police, authority, officer, school, line, helpline, agency,
  inspector, company, landlord

# ---- Phrases -----------------------------------------------------------------------------------------

# Family, household, present and former partners.
[kinship]
{my} ({describing})? ({describing})? {kin}
me (mam|mum|dad|bro|nan|sister|brother|missus|fella|uncle)
{kin} of (mine|ours)
{i am} ({just})? (married|engaged|related|divorced|separated)
{i am} ({just})? {his} ({describing})? {kin}
{i am} ({just})? the ({describing})? {kin} of
{i} ({just})? used to (go out|be together|date)
i ({just})? (dated|divorced|married)
{i} (go|are going|went|have been|used to go) out with {him}
{i} ({just})? (split up|broke up|separated|divorced)
{i have} (a|one|two|three) (child|kid|kids|children|baby|son|daughter) (together|with)
{i have} (a|an|two|three) ({describing})? (brother|sister|cousin|uncle|nephew|niece|son|daughter)
  (who|that|in|at|working)
me and (him|her) (are|were|have|had|used)
{i am} seeing {him}
{i} (were|was|have been|had been) together (for|four|three|two|five|six|{number}|until|as)
{i} (are|were|was|got) (together|a couple|seeing each other)
not: my child lock
not: my partner (agency|agencies|organisation|force)

# Where the reporter lives, or stands and looks from.
[position]
{i} ({just})? {live} ({beside}|{house number}|{no})
{i} ({just})? {live} ... (at|in|from) {house number} {no}
{i} ({just})? {live} ... (opposite|next
  door|nextdoor|across|above|below|beneath|upstairs|downstairs|behind|nearby)
(where|while|as|since) {i} ({just})? {live}
{i have} ({just})? {live} {beside}
{i have} ({just})? been (here|in this|on this|in the) (street|road|house|years|flat)
^ (live|living|lived) ({just})? {beside}
{i am} ({just})? (opposite|next door|nextdoor|across the|upstairs|downstairs|directly above|above|below|on
  the same|in the same|in the next|on the next|on the corner|at {house number}|in flat|two doors|three
  doors|a few doors)
{i am} ({just})? (the|a|an)? ({describing})? ({beside})? {neighbour}
{i am} {his} ({describing})? ({beside})? {neighbour}
{my} ({describing}|{part of home})? ({describing}|{part of home})? {home}
{my} ({describing}|upstairs|downstairs|next door)? {neighbour}
me (house|flat|window|street|garden|road|front door|back door)
my end of
(next door|next door but one|nextdoor|nxt door|nxt
  dr|opposite|oposite|above|below|beneath|upstairs|downstairs|beside|adjacent|close|near|across)
  (to|2|of|from|than)? {me}
(opposite|above|below|beside|behind|near|outside|next to|close to) (my|our)
(across|accross|over|down|up|along|round) the
  (road|street|lane|corner|landing|hall|corridor|yard|field|way|block) (from|to|of) {me}
(few|two|three|four|couple|couple of|{number}) (of)? (doors|houses|minutes|miles|streets|floors|flats)
  (away|down|up|along)? from {me}
(next|nxt) (door|dr) (to|2) (me|us)
(at|from|in) {house number} {no}
from where {i} ({just})? (am|are|sit|stand|live|work|was|were|look|can|could)
from (the|a|one of the)? (upstairs|bedroom|kitchen|landing|office|back|front|top|spare room|living room)
  (window|windows|balcony)
backs (on|onto|on to) (my|our|us|me|the)
i ({just})? own (the|a|this) ({describing})? (house|flat|property|land|farm|field|shop|garage|place)
{neighbour} of (mine|ours)
{he} ({being})? our
{i} share (a|an|the) ({word})? {home}
{i am} in (the|a) (flat|house|room|bungalow|caravan|block) ({beside}|number|no|on|at|that)
(through|from) (the|our|my) (wall|walls|floor|ceiling|party wall|letterbox|spyhole)
us (neighbours|neighbors|residents|tenants|locals|villagers)
{i} ({just})? (look|looks) out (on|onto|over|at)
{i} ({just})? overlook
(wakes|waking|woke|keeps|keeping|kept) (me|us|my|our)
{i} (can|could) ({just})? (see|hear|watch) ... from (here|our|my|the {home})
{i} ({just})? (have to|only have to|can|could)? look out
{i am} {his} {word} ({beside})? {neighbour}
not: {i} ({just})? {live} in (fear|hope|dread|terror)
not: {other people} (at|from|in) {house number} {no}
not: {other people} {word} (at|from|in) {house number} {no}
not: {other people} {word} {word} (at|from|in) {house number} {no}
not: (coming|going|go|come|comes|goes|lives|live|stops|stop|dealing|selling|happening|happens) (to|on)?
  (at|from|in) {house number} {no}
not: (at|from|in) {house number} {no} (on|in) (the|my)
not: (at|from|on|in|off|by) (the|a)? (number|no) {no} (bus|tram|train|route|coach)
not: (at|in) numbers
not: my area of
not: my place to
not: (close|near) to (my|our) heart
not: {my} address book
not: {i} ({just})? {live} around (the)? corner of
not: {i} (bought|own|owned|rent|rented|moved)
  (a|one|two|three|{number}|around|on|in|at|by|over|up|down|off|from)
not: {he} ({being})? our

# What few people could know, or have done.
[uniqueness]
only {i} ({just})? (know|knew|saw|have|had|heard|use|go|work|was|were|complain|complained)
{i am} ({just}|practically|nearly|almost|basically)? the only
  (one|1|person|witness|resident|neighbour|tenant|customer)? (who|that)? ({just})?
  (complains|complained|knows|knew|saw|seen|reported|has|had|was)?
i alone (know|knew|saw|have|heard)
(only|1) (one|person|witness|other|resident|neighbour|woman|man|1) ... (is|was) me
only me
(it|this|that) ({being}|could only be|can only be|must be) ({just})? me
(just|only) (a few|two|three|four|{number}) (people|persons)? (of us|know|knew|have|has|had|saw|with)
(only|just|was|were|are|all) (a|the)? (few|couple|handful|two|three|four|five) of us
(nobody|no one|noone|no-one|none) else (has|have|had|was)? (ever|really|yet)?
  (saw|seen|knows|know|knew|heard|reported|reports|complained|complains|noticed|told|there|could have
  seen|could have known)
(nobody|no one|noone|none|anyone|anybody|everyone|all) (but|except|bar|besides) (for)? (me|us|myself)
(saw|seen|told|knows|know|knew|heard|noticed|this|it) (it|this|that|them|him)?
  (but|except|bar|besides|apart from) (me|us|myself)
(apart|aside) from (me|myself|us)
(other|rather) than (me|myself|us)
except (for)? (me|myself|us)
{he} ({just})? (only|just) ({just})? (told|tells|showed|shown|trusts|trusted|lets|let) (me|us)
{he} ({just})? (told|tells) (no one|nobody|noone) (else|but|except|apart)
between (me|us|him) and (him|her|them|me|us)
(know|knows|guess|guessed|realise|realised|realize|suspect|think|tell|obvious|certain) (that)?
  (it|its|it's|this) (is|was|were|can|could|will|must)? ({just}|be|have been|only be)? (me|us)
(it|this) (can|could|must|would|will) (only)? (be|have been|have come from) (me|us)
(know|knows|guess|realise|realised|find out|work out|suspect) (that)? i ({just}|have|was)?
  (told|reported|called|rang|spoke|grassed|said|talked|phoned|reporting|snitched)
(know|knows|guess|realise|realised|find out|work out|suspect|obvious) ... who (had|has|have|it was that)?
  (talked|told|reported|called|grassed|said|rang|complained|snitched)
(trace|traced|link|linked|lead|leads|point|points) (this|it|that)? back to (me|us)
i (am|was) the one (who|that)
i'm the one (who|that)
i ({just})? (have not|haven't|did not|didn't|never) (told|tell|said|tell) (anyone|anybody|a soul|anything
  to anyone)
i ({just}|have)? told (nobody|no one|noone|one other|only one)
i ({just})? told (one|two) other
(not many|very few|few) (people)? (know|knew) (this|that|about|it|of)
(no one|nobody|noone) knows (that)? i
{he} (does not|doesn't|do not|don't|did not|didn't) (know|realise|think) (that)? (i|we)
  (know|saw|heard|was|were|have|am|can|took)
(do not|don't|never|please not) (tell|let|say to|mention to) {him} (know)? (that)? (i|it was|it
  came|me|about me|who)
(came|comes|come) from me
just me (and|in|who)
me and (him|her|them)
{i am} the (first|last) (one|person|to|out|in)
i was the (first|last) (one|person|to)
alone with {him}
me and (one|two|another|a few)
{i have} (not|never) (mentioned|said|told|shared|shown|breathed)
(the|are|were) only (ones|two|three|people) (with|who|that)
(just|only|but|except) (me|us) $
not: only i (had|wish|hope)

# E-mail, telephone, handles, and invitations to use them.
[own-contact]
{my} ({describing}|work|home|personal|direct)? (email|e mail|email address|e mail address|phone
  number|telephone number|mobile number|contact number|contact
  details|number|mobile|mob|cell|landline|whatsapp|insta|instagram|snapchat|username|user
  name|handle|dms|inbox|tiktok|facebook)
{my} ... ({email}|{phone})
(number's|mobile's|email's|phone's) ({phone}|{email})
({email}|{phone}) (is|that's|thats) (my|mine|me)
({phone}|{email}) (my|mine|me)
{reach} me ... ({email}|{phone})
{reach} (me|us) ({just})? {reach ending}
^ (please|pls|plz|so|or|and|just)? (contact|call|phone|ring|text|txt|message|msg|email|dm|whatsapp|reach)
  (me|us) $
^ (please|pls|plz|just)? (contact|ring|call|phone|text|txt|message|email|dm|reach) (me|us)
(you|police|someone|somebody|officer) (can|could|may|should|must) ({just})? {reach} (me|us)
(please|pls|plz) ({just})? {reach} (me|us)
(give|drop|send) (me|us) (a|an) (call|ring|bell|shout|text|line|email|buzz|message)
(find|follow|add) me on
i can be (contacted|reached|called|found)
{i am} (available|contactable|reachable) (on|at|by)
(i'm|i am) on (insta|instagram|snap|snapchat|facebook|telegram|whatsapp)
{my} (snap|tel|telephone|skype|signal|telegram|inbox) (is|on|{word})
{i am} on {phone}
ask for me
you have my
(get|catch|try) me on
(mob|mobile|tel|phone|number|email|insta|snap|whatsapp) (no|number)? ({phone}|{email}) ... (me|us)
not: {my} number (of|one)

# How the reporter comes to know: works with, was with, spoke with, dealt with; own workplace, school, routine,
# friends.
[proximity]
{i} ({just})? {work} ({just})? {with}
{i have} ({just}|been)? {work} ({just})? {with}
^ (used to)? {work} (wiv|with|alongside|for|beside) {him}
{i} ({just})? {work} ... together
{i} ({just})? (know|knew|met|recognise|recognised|meet) {him} ({just})?
  (from|through|well|personally|since|when|at)
{i have} ({just})? (known|met|befriended|dated) {him}
{i} ({just})? (befriended|supervise|supervised|manage|managed|employ|employed|look after|looked
  after|visit|visited) {him}
{i} ({just})? (grew up|hung out|hang out|hang around|hung around|go out|went out|went to school|went to
  college|go to school|go to college) with
{i} ({just})? (go|went) ... to (his|her|their) (house|flat|place|home|party|shop|garage)
{i} ({just})? (was|were) {being there}
{i} ({just})? (was|were|am|are|been) {doing}
(when|while|because|where|after|before) {i} ({just})?
  (was|were|work|worked|go|went|started|start|finish|finished|visit|visited|left|deliver|delivered|walk|drive)
{he} ({just})? {told} ({just})? {to me}
{word} ({just})? (told|tells|said
  to|showed|offered|asked|threatened|sold|gave|sent|messaged|texted|invited) ({just})? me
{he} ({just})? {told} (it|him|them|this|one|some|that|pictures|pics|money|drugs) (to|with|from) (me|us)
(asked|told|offered|threatened|forced|made|paid|invited) me (to|that|if|for|with|not|about)
{i} ({just}|have|had|did)? {gave} {him}
{i} ({just}|have|had)? {gave} (it|them|one|some|my) ... (to)? {him}
{i} ({just}|have|had)? {bought} ... (from|off) {him}
{i} ({just}|have|had)? {went} (with|to) {him}
{i} ({just})? (bought|buy) (some|one|two|three|a|bags|it|drugs|vapes|pills|weed|from)
i ({just})? (owe|owed)
{i} ({just})? (overheard|confronted|argued with|fell out with)
i ({just})? (heard|hear) (him|her|them) ({just})? (say|saying|tell|telling|talk|talking|on)
{my} ({describing}|local|own|primary|secondary|high|night|day|early|late)? {where i go}
me (work|school|shift|job|local)
{my} ({describing}|local)? ({describing})? {who i know}
me (mate|mates|boss|pal|pals|landlord)
({who i know}|one) of (mine|ours)
(a|two|some) ({describing})? (friends|friend|mate|mates|colleague|neighbour) ({just})? (told|showed|asked)
  (me|us)
{i am} ({describing})? (friends|mates|pals|colleagues|neighbours|classmates) (with|of)
in front of (me|us)
in (my|our) (presence|hearing|earshot|group|year|class|team)
same (class|school|team|shift|year|office|course|job|wing|gym|club|church) as (me|us|mine)
on (my|the) way (to|from|home|back) ({trip}|{my})?
(going|coming|walking|driving|walk|cycle|drive) (to|from) (my|work|school|college)
(walk|walking|walked) (my|our|the) (dog|dogs)
(pick|picking|picked|drop|dropping|dropped|take|taking) (up|off)? (my|our|the)
  (kids|kid|children|son|daughter|little one)
on the school run
i ({just})? (pass|walk past|drive past|cycle past|run past|go past|walk by|drive by)
  (it|there|them|this|that|him|the)? ({just})? (every|each|most|on)
{i} ({just})? (rent|rented|lodge|lodged) ... (from|off|with)
{i} ({just})? (play|train|drink|sing|pray|worship|compete) ... (with|together)
{i} ({just})? (clean|cook|cater|deliver|guard|paint) (at|in|for|there|the)
{i} ({just}|have|had)? (keys|key|access) (to|for)
i ({just}|have)? (took|have|got|kept) (some|a|the)?
  (photos|photo|video|videos|pictures|screenshots|recording|recordings)
{i} ({just})? {live} with {him}
with (me|us) (and|when|in|on|at|there)
{i} ({just})? {done for them} ... for {him}
{i} ({just})? {done to theirs} {his}
{i} (had|have|got|got into) (a|an) {dealing} with
{i} ... the same {where i go}
{i} ({just})? (attend|go to|went to|study at|train at|drink in|drink at|eat at|shop at|shop in|use)
  (the|a|{name}) ({where i go}|high|academy|primary|juniors|grammar)
{i} ({just})? go to {name}
{i} ({just})? (sit|sat|stand|stood) (next|beside|behind|near|opposite|with) (to)? {him}
{i am} one of {his}
{i} (deliver|delivered) ({word})? (to|there|post|parcels|food|milk|papers|for)
{i} ({just}|have)? been (to|in|inside|round|round to|into) (his|her|their|the)
  (house|flat|place|unit|shop|home|room|garage|office)
{i} ({just})? (stayed|slept|crashed) (at|round|over) (his|hers|her|theirs|their|the)
{i} ({just})? work (nights|days|late|weekends|evenings|early|part time|full time|from home|shifts)
{i} ({just})? (finish|start) (work|at|my|late|early)
{i} ({just})? (catch|get) the ({word})? (bus|train|tram)
{i} (used to|have)? (score|scored|sell|sold|deal|dealt|bought|buy) (off|for|from) {him}
{he} (is|are|was|were|keeps|keep|started|have been|has been)? ({just})? {doing to me} (me|us)
{he} ({just})?
  (beat|raped|grabbed|pushed|punched|stabbed|kicked|touched|abused|scammed|cheated|ripped|evicted|stole
  from|blackmailed|pressured|chased|spat at|swore at|shouted at|slapped|choked|locked) (me|us)
{he} ({just})? (keep|keeps|kept|took|take|takes|have|has|got|hold|holds|stole) my
i (was|got|have been|am being|i'm being|been) ({just})? {suffered}
i'm being {word}
{my} {belonging}
i ({just}|have)? lost (my|all|over|{number}|money)
i (received|got|had) (a|an|this) (call|text|email|letter|message|leaflet|phone call|visit|friend request)
{i} ({just})? (quit|resigned|walked out|got sacked|left) (the|that|my|from|last|in|after)
  (job|company|firm|place|team|year|month)?
otherwise: i {word}
otherwise: we {word}
otherwise: {my} {word}
otherwise: {word} me
otherwise: {word} us
not: {nobody in particular} ({just})? {told} ({just})? (me|us)
not: {i am} told
not: (i|we) was told
not: i was in two
not: {i am} ({just})? asked to
not: {i} ({just})? (told|asked|called|rang|phoned|paid) (the|you|them to)
not: {my} (own)? job to
not: my course of
not: {i} (buy|bought) (it|a|one) (that)
not: the way (to|from|back) (the)?
not: (i|we) (was|were) (at|in|on|with) (a loss|shock|fear|two minds|tears)
not: {i} ({just}|did|do|would|will|can|could|have|had|must|might|may|should)? ({just}|not)? {harmless verb}
not: (i'd|i'll|we'd|we'll) {word}
not: {i} ({just})? {live} in (fear|hope|dread|terror)
not: we (all|need|should|hope|must|want|think|are|were|have|see|hear|know|can|will|would|do|don't|cannot|saw)
not: {my} ({describing}|own|main|personal|honest|only)? {harmless thing}
not: {harmless before me} me
not: (someone|somebody|people|others|nobody|anyone|it|this|that|which|what|something|instinct) {word} me
not: {harmless before us} us
not: (someone|somebody|people|others|nobody|anyone|it|this|that|which|what|something) {word} us

[own-name]
my (first|last|full|real|maiden|given|middle)? (name|names|nickname|initials|surname|forename)
  (is|was|s|{word})
my name's
{i am} (called|known as|named)
{i} (go|get called) by
(people|everyone|everybody|friends|mates) (all)? (call|know) me (as|{word})
call me {word} $
(this is|it is|it was|it's|its|that's) {word} ({word})? (speaking|calling|writing|texting|again)
(this is|it's|its|it is) {word} from (number|no|next|the)
^ {word} (speaking|here) $
yours (sincerely|faithfully|truly)
(kind|kindest|best|warm|many) regards {word}
(regards|rgds|sincerely|faithfully) ({word})? {word} $
signed ({word})? {word} $
^ (thanks|cheers|ta) {word} $
(i'm|i am) {word} from (the|number|no)
(i'm|i am) {name} $
(i'm|i am) {name} {name}
^ (hi|hello|hey|hiya) (it's|its|this is|i'm|im) {name}
^ (yours|love) ({word})? {word} $
not: ^ (thanks|cheers|ta) (again|bye|all|everyone|everybody|anyway|lots|much|you|officer|police|mate|guys) $
not: (my|giving my|give my) (name|names) (to be)?
  (not|never|out|kept|withheld|hidden|private|secret|soz|sorry|so|because|as|or|and|but|for|if)
not: my name (is|must be|should be) (not|kept|private|secret|withheld|mine)
not: call me (names|a|if|when|back|on|at|as|any|anytime|crazy|paranoid|mad|soft|later|tomorrow|today) $
not: (it's|its|it is|this is|it was|that's)
  (still|not|only|just|always|right|all|over|back|happening|going|starting|started|open|the|bad|worse|on)
  again
not: ^ (not|are|is|was|people|they|stop|stops|over|right|in|out|up|down) here $
not: {i am} (not|still|away|only|safe|far|back|here|sick|tired|suffering|retired|one|coming|hiding) from

# The reporter's own job, age, health, status, or duty of care.
[own-role]
{i am} ({just}|nearly|almost|about|aged|turning|currently|both)? {number} (years|yrs|yr|yo|y
  o|months|weeks|and|but|so)?
{i am} ({just}|nearly|almost|about)? (eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)
(i'm|i am|im) in (year|y|form) ({no})
(i'm|i am|im) in (the)? (sixth form|foster care|care|prison|rehab|recovery|sheltered housing|supported living)
{i am} ({just})? (a|an|the|one of the) ({describing}|retired|qualified|trainee|student|part time|full
  time|local|trained|registered|single|young|serving|off
  duty|school|primary|secondary|community|district|deputy|head|night|shift|team|assistant|senior|junior)?
  ({describing}|school|primary|night|shift|bus|taxi|delivery)? {role}
{i am} ({just})? (a|an) {word} {kind of worker}
{i am} ({just})? (a|an|the) {word} (by trade|by profession|at the|for the)
{i am} ({just})? (a|an|the) ({describing})?
  (owner|manager|caretaker|treasurer|secretary|leaseholder|keyholder|seller|buyer)
{i am} ({just})? {his} ({describing})? ({role}|{who i know})
{i am} ({describing}|foster|adoptive)? (carers|foster
  parents|parents|teachers|nurses|tenants|students|pensioners)
{i am} ({just}|very|heavily|months|eight months|seven months|six months|five months|four months)?
  (pregnant|disabled|blind|deaf|retired|unemployed|housebound|autistic|transgender|homeless)
^ (speaking as|being|as) (a|an|the) ({describing}|retired|qualified|local|fellow|school|primary)? {role}
(as|being) (a|an|the) ({describing}|retired|local|former|qualified|fellow|school|concerned|trained)? {role}
  ({word})? (i|we|myself)
{i} ({just})? (work|worked|volunteer|volunteered|serve|served|train|trained) as (a|an|the)
{i} ({just})? (work|worked|drive|drove) (for|at|in|on) (the)?
  (council|nhs|police|bank|buses|taxis|uber|prison|hospital|school|army|post office|royal mail|border force)
i ({just})? (drive|drove) (a|the) (taxi|bus|cab|lorry|van|minicab|ambulance|train|tram)
{i} ({just})? (run|own|manage|keep) (a|the|my)
  ({describing}|local|small|corner|chip|coffee|betting|barber|family)? {kind of business}
{my} (full time|day|part time|current|previous|last)? (job|role|occupation|profession)
  (is|as|at|in|means|there|with|was|i)
{my} {trait}
(i'm|im) {number} (and|but|yo|yrs|yr|m|f)
i ({just})? turned {number}
{number} (yo|yr|year) (old)? (girl|boy|lad) here
{i} ({just})? (foster|adopted|fostered|care for|look after) {him}
(im|i'm) (a)? (year|y) {number}
{i am} ({just})? (at|in) (school|college|uni|university|primary school|secondary school)
{i am} ({just})? under (18|16|eighteen|sixteen|age)
{i am} ({just})? (on|out on) (probation|bail|tag|licence|parole|methadone|benefits|maternity leave|sick
  leave|crutches|the sick)
{i am} ({just})? (the|a) {word} (of|at|in|for) (the|our|a|this|his|that)
{i am} ({just})? (a)? {background}
i (suffer from|use a wheelchair|have ms|have cancer|have autism|have asthma|have epilepsy|have a
  disability|have dementia)
{my} (medication|benefits|universal credit|probation|sentence|hearing|mental health|sexuality|faith)
i chair
(being|as) ({his}|a|an|the) ({describing})? ({role}|{who i know}|{kin}) i
^ being {his}
^ (working|serving|volunteering|training) as (a|an|the)
{i am} ({just})? (the|an|a) {word} {role}
otherwise: {i am} (the|a|an) {word}
otherwise: {i am} in (a|the|my)
otherwise: {i am} {his}
(as|being) (a|an|the|one|someone) ... i
{i am} ({just}|nearly|almost|about|over)? (twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)
otherwise: {i am} ({just})? {word}
not: {i am} (a|an|the) (bit|little|lot|tad|concerned|great|big|firm|loss|believer) ({word})?
  (of|at|in|for)? (the|our|a|this|his|that)?
not: {i am} (a)? member of the (public|community)
not: {i am} ({just}|about)? {number} (percent|per|minutes|miles|yards|metres|doors|feet|times)
not: we were {number}
not: {i am} ({just})? in (a|the|my) (hurry|rush|car|middle|dark|position|mind|opinion|view|hope)
not: {i am} (a|an|the) ({describing})? (one|first|last|witness|bit)
not: {i am} ({just}|not)? ({just})? {harmless state}
not: (i|we) (was|were) ({just}|not)? {word}

# An earlier complaint or call, which someone may remember.
[prior-report]
{i have} ({just})? ({just})? (reported|complained|spoken to|written to)
  (it|this|them|him|that|about|to|in|twice|before|several|many)
{i have} ({just})? ({just})? (phoned|rung|called|rang|emailed|contacted|told|informed|wrote
  to|notified|spoke to|reported it to|reported this to) (the|my|our|your)? (local)? {authority}
{i} ({just})? (complain|complained|reported|moaned) (about)? (it|this|him|them|that)?
  (before|twice|already|times|every|last|often|again|to|about|in)
{i have} already (reported|complained|told|rung|called)
^ already (reported|complained|told|rung|called)
{my} ({describing}|earlier|original)? (complaint|complaints|report|statement)
(crime|incident|case|cad|log) (reference|ref|number)
{i have} (given|gave|made) (a|my) statement
{i} ({just}|have)? (called|rang|phoned|emailed|wrote to|reported to|contacted|told|messaged) you
(police|officers|officer|council|pcso) (came|came round|visited|attended|rang|called|spoke) (to)?
  (me|us|my|our)
{i} ({just}|have)? (emailed|phoned|rang|called|contacted|told|informed|wrote to|visited)
  (the|my|our|your|a) ({word})? {office}
(second|third|fourth|fifth|sixth|umpteenth|last) time (that)? {i}
(my|our) (mp|councillor|solicitor|councillors) ({word})? ({word})? (written|wrote|contacted|raised|asked)
not: (no|without a|gives no|the|a|his|her|their) (crime|incident|case) (reference|ref|number)
`
