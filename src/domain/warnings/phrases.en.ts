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
{just}: just, really, also, already, even, always, often, still, only, never, probably, actually,
  currently, now, personally, used to, first
{no}: {number}, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, twenty
{house number}: number, no, nos, num, numbers, flat, unit, plot, apartment

{describing}: own, late, older, elder, eldest, younger, youngest, big, little, old, other, best, good, close,
  former, previous, current, new, first, second, two, three, poor, ex, estranged, grown up, so called,
  biological, real, adopted, foster, teenage, disabled, elderly
{kin}: brother, brothers, bro, bruv, brotha, sister, sisters, sis, twin, sibling, siblings, mum, mums, mam, mom,
  mummy, mammy, ma, mother, dad, dads, daddy, father, son, sons, daughter, daughters, uncle, uncles, aunt,
  aunts, auntie, aunty, cousin, cousins, nephew, nephews, niece, nieces, gran, granny, nan, nana, nanna,
  grandma, grandmother, grandad, granddad, grandpa, grandfather, grandson, granddaughter, grandchild,
  grandchildren, grandparents, parent, parents, husband, hubby, wife, missus, spouse, partner, other half,
  boyfriend, girlfriend, bf, gf, fella, fiance, fiancee, ex, exes, baby daddy, baby dad, baby mama, baby mum,
  relative, relatives, relation, family, kid, kids, child, children, baby, lad, girl, toddler, teenager,
  godson, goddaughter, godfather, godmother, stepson, stepdaughter, stepdad, stepmum, stepfather, stepmother,
  stepbrother, stepsister, step brother, step sister, step dad, step mum, step father, step mother, step son,
  step daughter, half brother, half sister, brother in law, sister in law, mother in law, father in law,
  son in law, daughter in law, in laws, ex husband, ex wife, ex partner, ex boyfriend, ex girlfriend, ex bf,
  ex gf, old man, foster child, foster son, foster daughter, foster carer, foster parents, great uncle,
  great aunt

{home}: house, home, flat, apartment, bungalow, place, garden, yard, gate, fence, hedge, wall, window, windows,
  kitchen, bedroom, lounge, living room, front room, bathroom, loft, landing, porch, balcony, conservatory,
  garage, drive, driveway, shed, doorstep, door, front door, back door, doorbell, ring doorbell, letterbox,
  cctv, dashcam, security camera, camera, cameras, bins, street, road, lane, close, avenue, terrace, block, estate, building, stairwell,
  stairs, corridor, floor, hallway, village, hamlet, cul de sac, neighbourhood, area, address, postcode,
  caravan, boat, farm, field, fields, land, allotment, room, hostel, ceiling, roof, property, parking space
{neighbour}: neighbour, neighbours, neighbor, neighbors, neigbour, nextdoor, next door neighbour
{beside}: next door, next door but one, nextdoor, nxt door, nxt dr, opposite, oposite, across, accross, facing,
  above, below, beneath, underneath, upstairs, downstairs, behind, beside, alongside, adjacent, adjoining,
  next, near, nearby, close, around, round, on, in, at, by, two doors, three doors, a few doors, doors down,
  along, up, down, over, within, just, there, here, local, locally, with, two, three, between, off, outside,
  under, minutes, yards, from
{live}: live, lives, lived, living, stay, staying, reside, resided, dwell, moved, moved in, rent, rented, own,
  owned, grew up, bought
{other people}: he, she, they, who, man, woman, men, women, lad, boy, girl, couple, family, people, person, guy,
  bloke, tenant, tenants, owner, suspect, dealer, occupant, occupants, house, flat, someone, lives, live,
  living, lived, staying, based, van, vans, van's, car, cars, lorry, deliveries, vehicles, is, it's, its

{contact}: email, e mail, emails, email address, e mail address, phone number, telephone number, mobile number,
  number, no, mobile, mob, cell, tel, telephone, landline, whatsapp, insta, instagram, snapchat, snap, facebook,
  telegram, signal, twitter, tiktok, username, user name, handle, profile, contact details, contacts, details,
  inbox, dms, dm, skype, signal
{reach}: contact, call, phone, ring, text, txt, message, msg, email, e mail, mail, whatsapp, dm, pm, reach, bell,
  buzz, inbox, add, write to, reply to, get in touch with, get hold of, get back to, speak to, talk to
{reach ending}: on, at, via, through, by, back, if, when, whenever, any, anytime, anyday, after, before,
  between, please, pls, plz, for, using, tomorrow, directly, {phone}, {email}

{work}: work, works, worked, working, volunteer, volunteered, train, trained, study, studied, teach, taught,
  clean, cleaned, cook, cooked, deliver, delivered, serve, served, shop, drink, drank, play, played,
  go to church, worship, box, share, shared, compete, wrk
{with}: with, for, alongside, beside, under, at, in, there, here, on, together, near, next, nearby, opposite, wiv
{know}: know, knew, known, met, meet, recognise, recognised, recognize, befriended, dated, date, managed, manage,
  supervise, supervised, employ, employed, taught, teach, look after, looked after, care for, cared for,
  grew up, hung out, hang out, hang around, go out, went out, used to go out, been friends, am friends,
  visit, visited, see him every, follow
{being there}: there, present, inside, outside, at, in, on, with, behind, next, nearby, invited, part of, involved
{doing}: walking, driving, waiting, sitting, standing, delivering, working, cleaning, visiting, serving, passing,
  shopping, cycling, running, jogging, parked, offered, asked, threatened, attacked,
  approached, paid, given, forced, told to, recruited, groomed, stopped, drinking, playing, fishing,
  stood, sat, queuing, staying, looking after, collecting,
  picking, dropping, paying, buying, scammed, robbed, employed, hired, sacked, fired,
  dismissed, conned, tricked, fixing, painting, repairing, invoicing, doing
{told}: told, tell, tells, said to, says to, showed, shows, shown, offered, offers, asked, asks, threatened,
  threatens, sold, sells, gave, gives, sent, sends, messaged, messages, texted, texts, rang, phoned, called,
  paid, pays, owes, owed, lent, invited, invites, wanted, wants, forced, made, makes, employed, hired, sacked,
  fired, followed, follows, approached, approaches, hit, attacked, recruited, added, adds, blocked, promised,
  charged, charges, warned, warns, admitted to, confided in, boasted to, bragged to, let, lets, got, gets,
  get, took, takes, trusts, trusted, knows, confessed to, persuaded, convinced, groomed, tried to recruit,
  emailed, dmed, contacted, contacts, fronted, bullies, bullied, tried to sell, tried to get, conned, robbed
{gave}: sold, lent, gave, paid, pay, owe, owed, drove, helped, met, asked, told, confronted, visited, messaged,
  texted, rang, phoned, emailed, employed, hired, sacked, interviewed, treated, served, handed, taught, trained,
  invoiced, followed, dropped off, picked up
{bought}: bought, buy, borrowed, rented, ordered, got
{went}: spoke, talked, chatted, argued, fell out, dealt, traded, went, drank, played, walked, lived, signed, travelled
{where i go}: school, college, uni, university, class, year, form, course, work, workplace, job, office, shop,
  gym, club, team, church, mosque, temple, chapel, pub, local, local pub, ward, clinic, surgery, hospital, depot,
  warehouse, factory, site, salon, barbers, department, company, firm, business, practice, unit, shift, shifts,
  rota, round, route, bus, commute, lesson, lessons, training, break, lunch, lunch break, till, counter, desk,
  league, band, choir, lodge, allotments, taxi, cab, stall, prison, wing, cell, tutor group, care home
{who i know}: boss, bosses, manager, supervisor, gaffer, employer, employee, employees, staff, colleague,
  colleagues, coworker, coworkers, co worker, workmate, work mate, teammate, team mate, mate, mates, m8, friend,
  friends, freind, pal, pals, bestie, bff, buddy, flatmate, flat mate, housemate, house mate, roommate, room mate,
  lodger, landlord, landlady, tenant, tenants, teacher, tutor, coach, client, clients, customer, customers,
  patient, patients, pupil, pupils, student, students, dealer, classmate, carer, cleaner, social worker,
  probation officer, line manager, apprentice, business partner, passenger, passengers, friendship group,
  group chat, team leader, pimp
{trip}: work, school, college, the school run, home, the shops, the gym, the pub, church, mosque, the bus,
  the station, lunch, my lunch, a run, my run, my break, the way home, nursery, rounds, duty, shift, patrol, nights

{role}: nurse, teacher, doctor, gp, carer, social worker, postman, postwoman, postie, driver, bus driver,
  taxi driver, cleaner, landlord, landlady, tenant, neighbour, student, pupil, volunteer, councillor,
  police officer, officer, pcso, security guard, guard, shopkeeper, barber, hairdresser, builder, plumber,
  electrician, roofer, scaffolder, chef, waiter, waitress, barman, barmaid, courier, delivery driver, lecturer,
  tutor, coach, youth worker, support worker, health visitor, midwife, paramedic, dentist, pharmacist, vet,
  solicitor, accountant, bookkeeper, bank clerk, cashier, manager, supervisor, director, employee, worker,
  former employee, ex employee, parent, mother, mum, father, dad, single mum, single parent, grandparent,
  pensioner, teenager, child, minor, girl, boy, man, woman, wheelchair user, resident, local resident, customer,
  regular, patient, victim, witness, whistleblower, farmer, gamekeeper, journalist, priest, vicar, imam,
  teaching assistant, dinner lady, caretaker, receptionist, secretary, foster carer, mechanic, decorator, porter,
  prisoner, inmate, refugee, asylum seeker, professional, member of staff, letting agent, estate agent, escort,
  sex worker, drug user, addict, user, former user, dealer

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
i ({just})? (dated|divorced|married) {him}
{i} (go|are going|went|have been|used to go) out with {him}
{i} ({just})? (split up|broke up|separated|divorced)
{i have} (a|one|two|three) (child|kid|kids|children|baby|son|daughter) (together|with)
{i have} (a|an|two|three) ({describing})? (brother|sister|cousin|uncle|nephew|niece|son|daughter) (who|that|in|at|working)
not: my child lock
not: my partner (agency|agencies|organisation|force)

# Where the reporter lives, or stands and looks from.
[position]
{i} ({just})? {live} ({beside}|{house number}|{no})
{i} ({just})? {live} ... (at|in|from) {house number} {no}
{i} ({just})? {live} ... (opposite|next door|nextdoor|across|above|below|beneath|upstairs|downstairs|behind|nearby)
(where|while|as|since) {i} ({just})? {live}
{i have} ({just})? {live} {beside}
{i have} ({just})? been (here|in this|on this|in the) (street|road|house|years|flat)
^ (live|living|lived) ({just})? {beside}
{i am} ({just})? (opposite|next door|nextdoor|across the|upstairs|downstairs|directly above|above|below|on the same|in the same|in the next|on the next|on the corner|at {house number}|in flat|two doors|three doors|a few doors)
{i am} ({just})? (the|a|an)? ({describing})? ({beside})? {neighbour}
{i am} {his} ({describing})? ({beside})? {neighbour}
{my} ({describing}|front|back|local|shared|whole|entire|kitchen|bedroom|bathroom|landing|upstairs|top|garden|side)? ({describing}|front|back|room|bedroom|kitchen)? {home}
{my} ({describing}|upstairs|downstairs|next door)? {neighbour}
me (house|flat|window|street|garden|road|front door|back door)
my end of
(next door|next door but one|nextdoor|nxt door|nxt dr|opposite|oposite|above|below|beneath|upstairs|downstairs|beside|adjacent|close|near|across) (to|2|of|from|than)? {me}
(opposite|above|below|beside|behind|near|outside|next to|close to) (my|our)
(across|accross|over|down|up|along|round) the (road|street|lane|corner|landing|hall|corridor|yard|field|way|block) (from|to|of) {me}
(few|two|three|four|couple|couple of|{number}) (of)? (doors|houses|minutes|miles|streets|floors|flats) (away|down|up|along)? from {me}
(next|nxt) (door|dr) (to|2) (me|us)
(at|from|in) {house number} {no}
from where {i} ({just})? (am|are|sit|stand|live|work|was|were|look|can|could)
from (the|a|one of the)? (upstairs|bedroom|kitchen|landing|office|back|front|top|spare room|living room) (window|windows|balcony)
backs (on|onto|on to) (my|our|us|me|the)
i ({just})? own (the|a|this) ({describing})? (house|flat|property|land|farm|field|shop|garage|place)
{neighbour} of (mine|ours)
{he} ({being})? our
not: {i} ({just})? {live} in (fear|hope|dread|terror)
not: {other people} (at|from|in) {house number} {no}
not: {other people} {word} (at|from|in) {house number} {no}
not: {other people} {word} {word} (at|from|in) {house number} {no}
not: (coming|going|go|come|comes|goes|lives|live|stops|stop|dealing|selling|happening|happens) (to|on)? (at|from|in) {house number} {no}
not: (at|from|in) {house number} {no} (on|in) (the|my)
not: (at|from|on|in|off|by) (the|a)? (number|no) {no} (bus|tram|train|route|coach)
not: (at|in) numbers
not: my area of
not: my place to
not: (close|near) to (my|our) heart
not: {my} address book
not: {i} ({just})? {live} around (the)? corner of
not: {i} (bought|own|owned|rent|rented|moved) (a|one|two|three|{number}|around|on|in|at|by|over|up|down|off|from)
not: {he} ({being})? our

# What few people could know, or have done.
[uniqueness]
only {i} ({just})? (know|knew|saw|have|had|heard|use|go|work|was|were|complain|complained)
{i am} ({just}|practically|nearly|almost|basically)? the only (one|1|person|witness|resident|neighbour|tenant|customer)? (who|that)? ({just})? (complains|complained|knows|knew|saw|seen|reported|has|had|was)?
i alone (know|knew|saw|have|heard)
(only|1) (one|person|witness|other|resident|neighbour|woman|man|1) ... (is|was) me
only me
(it|this|that) ({being}|could only be|can only be|must be) ({just})? me
(just|only) (a few|two|three|four|{number}) (people|persons)? (of us|know|knew|have|has|had|saw|with)
(few|couple|handful|two|three|four|five) of us
(nobody|no one|noone|no-one|none) else (has|have|had|was)? (ever|really|yet)? (saw|seen|knows|know|knew|heard|reported|reports|complained|complains|noticed|told|there|could have seen|could have known)
(nobody|no one|noone|none|anyone|anybody|everyone|all) (but|except|bar|besides) (for)? (me|us|myself)
(saw|seen|told|knows|know|knew|heard|noticed|this|it) (it|this|that|them|him)? (but|except|bar|besides|apart from) (me|us|myself)
(apart|aside) from (me|myself|us)
(other|rather) than (me|myself|us)
except (for)? (me|myself|us)
{he} ({just})? (only|just) ({just})? (told|tells|showed|shown|trusts|trusted|lets|let) (me|us)
{he} ({just})? (told|tells) (no one|nobody|noone) (else|but|except|apart)
between (me|us|him) and (him|her|them|me|us)
(know|knows|guess|guessed|realise|realised|realize|suspect|think|tell|obvious|certain) (that)? (it|its|it's|this) (is|was|were|can|could|will|must)? ({just}|be|have been|only be)? (me|us)
(it|this) (can|could|must|would|will) (only)? (be|have been|have come from) (me|us)
(know|knows|guess|realise|realised|find out|work out|suspect) (that)? i ({just}|have|was)? (told|reported|called|rang|spoke|grassed|said|talked|phoned|reporting|snitched)
(know|knows|guess|realise|realised|find out|work out|suspect|obvious) ... who (had|has|have|it was that)? (talked|told|reported|called|grassed|said|rang|complained|snitched)
(trace|traced|link|linked|lead|leads|point|points) (this|it|that)? back to (me|us)
i (am|was) the one (who|that)
i'm the one (who|that)
not: only i (had|wish|hope)

# E-mail, telephone, handles, and invitations to use them.
[own-contact]
{my} ({describing}|work|home|personal|direct)? (email|e mail|email address|e mail address|phone number|telephone number|mobile number|contact number|contact details|number|mobile|mob|cell|landline|whatsapp|insta|instagram|snapchat|username|user name|handle|dms|inbox|tiktok|facebook)
{my} ... ({email}|{phone})
(number's|mobile's|email's|phone's) ({phone}|{email})
({email}|{phone}) (is|that's|thats) (my|mine|me)
({phone}|{email}) (my|mine|me)
{reach} me ... ({email}|{phone})
{reach} (me|us) ({just})? {reach ending}
^ (please|pls|plz|so|or|and|just)? (contact|call|phone|ring|text|txt|message|msg|email|dm|whatsapp|reach) (me|us) $
^ (please|pls|plz|just)? (contact|ring|call|phone|text|txt|message|email|dm|reach) (me|us)
(you|police|someone|somebody|officer) (can|could|may|should|must) ({just})? {reach} (me|us)
(please|pls|plz) ({just})? {reach} (me|us)
(give|drop|send) (me|us) (a|an) (call|ring|bell|shout|text|line|email|buzz|message)
(find|follow|add) me on
i can be (contacted|reached|called|found)
{i am} (available|contactable|reachable) (on|at|by)
(i'm|i am) on (insta|instagram|snap|snapchat|facebook|telegram|whatsapp)
not: {my} number (of|one)

# How the reporter comes to know: works with, was with, spoke with, dealt with; own workplace, school, routine,
# friends.
[proximity]
{i} ({just})? {work} ({just})? {with}
{i have} ({just}|been)? {work} ({just})? {with}
^ (used to)? {work} (wiv|with|alongside|for|beside) {him}
{i} ({just})? {work} ... together
{i} ({just})? (know|knew|met|recognise|recognised|meet) {him} ({just})? (from|through|well|personally|since|when|at)
{i have} ({just})? (known|met|befriended|dated) {him}
{i} ({just})? (befriended|supervise|supervised|manage|managed|employ|employed|look after|looked after|visit|visited) {him}
{i} ({just})? (grew up|hung out|hang out|hang around|hung around|go out|went out|went to school|went to college|go to school|go to college) with
{i} ({just})? (go|went) ... to (his|her|their) (house|flat|place|home|party|shop|garage)
{i} ({just})? (was|were) {being there}
{i} ({just})? (was|were|am|are|been) {doing}
(when|while|because|where|after|before) {i} ({just})? (was|were|work|worked|go|went|started|start|finish|finished|visit|visited|left|deliver|delivered|walk|drive)
{he} ({just})? {told} ({just})? {to me}
{word} ({just})? (told|tells|said to|showed|offered|asked|threatened|sold|gave|sent|messaged|texted|invited) ({just})? me
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
(a|two|some) ({describing})? (friends|friend|mate|mates|colleague|neighbour) ({just})? (told|showed|asked) (me|us)
{i am} ({describing})? (friends|mates|pals|colleagues|neighbours|classmates) (with|of)
in front of (me|us)
in (my|our) (presence|hearing|earshot|group|year|class|team)
same (class|school|team|shift|year|office|course|job|wing|gym|club|church) as (me|us|mine)
on (my|the) way (to|from|home|back) ({trip}|{my})?
(going|coming|walking|driving|walk|cycle|drive) (to|from) (my|work|school|college)
(walk|walking|walked) (my|our|the) (dog|dogs)
(pick|picking|picked|drop|dropping|dropped|take|taking) (up|off)? (my|our|the) (kids|kid|children|son|daughter|little one)
on the school run
i ({just})? (pass|walk past|drive past|cycle past|run past|go past|walk by|drive by) (it|there|them|this|that|him|the)? ({just})? (every|each|most|on)
{i} ({just})? (rent|rented|lodge|lodged) ... (from|off|with)
{i} ({just})? (play|train|drink|sing|pray|worship|compete) ... (with|together)
{i} ({just})? (clean|cook|cater|deliver|guard|paint) (at|in|for|there|the)
{i} ({just}|have|had)? (keys|key|access) (to|for)
i ({just}|have)? (took|have|got|kept) (some|a|the)? (photos|photo|video|videos|pictures|screenshots|recording|recordings)
{i} ({just})? {live} with {him}
with (me|us) (and|when|in|on|at|there)
not: (someone|somebody|people|others|nobody|anyone|anybody|everyone|source|rumour|which|that|what|something|was|been|being|were|this|it|instinct|gut) ({just})? {told} ({just})? (me|us)
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

[own-name]
my (first|last|full|real|maiden|given|middle)? (name|names|nickname|initials|surname|forename) (is|was|s|{word})
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
not: ^ (thanks|cheers|ta) (again|bye|all|everyone|everybody|anyway|lots|much|you|officer|police|mate|guys) $
not: (my|giving my|give my) (name|names) (to be)? (not|never|out|kept|withheld|hidden|private|secret|soz|sorry|so|because|as|or|and|but|for|if)
not: my name (is|must be|should be) (not|kept|private|secret|withheld|mine)
not: call me (a|if|when|back|on|at|as|any|anytime|crazy|paranoid|mad|soft|later|tomorrow|today) $
not: (it's|its|it is|this is|it was|that's) (still|not|only|just|always|right|all|over|back|happening|going|starting|started|open|the|bad|worse|on|{word} {word}) again
not: ^ (not|are|is|was|people|they|stop|stops|over|right|in|out|up|down) here $
not: {i am} (not|still|away|only|safe|far|back|here|sick|tired|suffering|retired|one|coming|hiding) from

# The reporter's own job, age, health, status, or duty of care.
[own-role]
{i am} ({just}|nearly|almost|about|aged|turning|currently|both)? {number} (years|yrs|yr|yo|y o|months|weeks|and|but|so)?
{i am} ({just}|nearly|almost|about)? (eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)
(i'm|i am|im) in (year|y|form) ({no})
(i'm|i am|im) in (the)? (sixth form|foster care|care|prison|rehab|recovery|sheltered housing|supported living)
{i am} ({just})? (a|an|the|one of the) ({describing}|retired|qualified|trainee|student|part time|full time|local|trained|registered|single|young|serving|off duty|school|primary|secondary|community|district|deputy|head|night|shift|team|assistant|senior|junior)? ({describing}|school|primary|night|shift|bus|taxi|delivery)? {role}
{i am} ({just})? (a|an) {word} (driver|worker|officer|teacher|manager|fitter|operator|engineer|technician|nurse|assistant|agent|inspector|owner|clerk|user)
{i am} ({just})? (a|an|the) {word} (by trade|by profession|at the|for the)
{i am} ({just})? (a|an|the) ({describing})? (owner|manager|caretaker|treasurer|secretary|leaseholder|keyholder|seller|buyer)
{i am} ({just})? {his} ({describing})? ({role}|{who i know})
{i am} ({describing}|foster|adoptive)? (carers|foster parents|parents|teachers|nurses|tenants|students|pensioners)
{i am} ({just}|very|heavily|months|eight months|seven months|six months|five months|four months)? (pregnant|disabled|blind|deaf|retired|unemployed|housebound|autistic|transgender|homeless)
^ (speaking as|being|as) (a|an|the) ({describing}|retired|qualified|local|fellow|school|primary)? {role}
(as|being) (a|an|the) ({describing}|retired|local|former|qualified|fellow|school|concerned|trained)? {role} ({word})? (i|we|myself)
{i} ({just})? (work|worked|volunteer|volunteered|serve|served|train|trained) as (a|an|the)
{i} ({just})? (work|worked|drive|drove) (for|at|in|on) (the)? (council|nhs|police|bank|buses|taxis|uber|prison|hospital|school|army|post office|royal mail|border force)
i ({just})? (drive|drove) (a|the) (taxi|bus|cab|lorry|van|minicab|ambulance|train|tram)
{i} ({just})? (run|own|manage|keep) (a|the|my) ({describing}|local|small|corner|chip|coffee|betting|barber|family)? (shop|pub|cafe|restaurant|garage|salon|takeaway|business|farm|nursery|company|stall|hotel|bar|gym|barbers|store)
{my} (full time|day|part time|current|previous|last)? (job|role|occupation|profession) (is|as|at|in|means|there|with|was|i)
{my} (disability|wheelchair|pregnancy|age|religion|nationality|accent|apprenticeship|tenancy|visa|illness|condition|birthday)
(i'm|im) {number} (and|but|yo|yrs|yr|m|f)
i ({just})? turned {number}
{number} (yo|yr|year) (old)? (girl|boy|lad) here
{i} ({just})? (foster|adopted|fostered|care for|look after) {him}
not: {i am} (a|an|the) (bit|little|lot|tad|concerned|member|great|big|firm|loss|believer) ({word})?
not: {i am} ({just}|about)? {number} (percent|per|minutes|miles|yards|metres|doors|feet|times)
not: we were {number}

# An earlier complaint or call, which someone may remember.
[prior-report]
{i have} ({just})? ({just})? (reported|complained|spoken to|written to) (it|this|them|him|that|about|to|in|twice|before|several|many)
{i have} ({just})? ({just})? (phoned|rung|called|rang|emailed|contacted|told|informed|wrote to|notified|spoke to|reported it to|reported this to) (the|my|our|your)? (local)? (police|council|crimestoppers|landlord|housing|environmental|school|101|999|hotline|cops|councillor|mp|rspca|trading standards|social|hmrc|pcso)
{i} ({just})? (complain|complained|reported|moaned) (about)? (it|this|him|them|that)? (before|twice|already|times|every|last|often|again|to|about|in)
{i have} already (reported|complained|told|rung|called)
^ already (reported|complained|told|rung|called)
{my} ({describing}|earlier|original)? (complaint|complaints|report|statement)
(crime|incident|case|cad|log) (reference|ref|number)
{i have} (given|gave|made) (a|my) statement
not: (no|without a|gives no|the|a|his|her|their) (crime|incident|case) (reference|ref|number)
`
