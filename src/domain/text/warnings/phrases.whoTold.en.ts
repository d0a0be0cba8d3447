/** What tells from whom somebody who shares something in has it. The notation, and how to add a line: docs/warnings.md. */
export const whoToldInEnglish = `
{a}: a, an, my, our, the, this, one, another, his, her, their, one of our, one of my, one of the, two of our, some of our, several
  of our, some, several, a few of our, any of our
{person}: client, clients, service user, service users, user, resident, residents, tenant, tenants, leaseholder, pupil, pupils,
  student, students, learner, young person, young people, child, children, girl, boy, lad, teenager, mother, mum, father, dad,
  parent, parents, grandmother, nan, sister, brother, wife, husband, partner, ex partner, carer, foster carer, patient, patients,
  neighbour, neighbours, neighbor, customer, customers, visitor, visitors, guest, member, volunteer, worker, colleague,
  colleagues, member of staff, staff member, support worker, keyworker, key worker, outreach worker, caretaker, cleaner,
  driver, delivery driver, lady, woman, man, gentleman, person, somebody, someone, source, informant, witness, friend, relative,
  family member, family, mentee, apprentice, employee, participant, member of the public, passer by, rough sleeper,
  sex worker, beneficiary, attendee, grandad, granny, aunt, auntie, uncle, classmate, housemate, flatmate, {teller}, {tellers}
{teller}: client, service user, su, yp, young person, patient, pt, pupil, student, learner, tenant, resident, leaseholder,
  occupant, complainant, victim, witness, beneficiary, participant, mentee, probationer, person on probation, pop, offender,
  employee, member of staff, staff member, {caller}
{tellers}: clients, service users, sus, yps, young people, patients, pupils, students, learners, tenants, residents,
  leaseholders, neighbours, parents, complainants, victims, witnesses, beneficiaries, participants, employees, volunteers,
  callers, colleagues, members of the public, staff
{caller}: caller, informant, source, referrer, whistleblower, complainant
{new}: ex, former, previous, current, another, local, elderly, older, young, younger, adult, female, male, teenage, anonymous,
  concerned, vulnerable
{somebody}: somebody, someone, person, people, individual, one
{cared for}: client, clients, service user, service users, pupil, student, patient, patients, mentee, learner, beneficiary
{us}: me, us, staff, our staff, my staff, the staff, my colleague, my colleagues, a colleague, our team, my team, the team, my
  manager, our manager, reception, our receptionist, our worker, our workers, our volunteers, our caretaker, one of our
  staff, one of our team, a member of staff, a member of our team, our outreach team, their key worker, their keyworker, her
  key worker, his key worker, her keyworker, his keyworker, their support worker, her support worker, his support worker
{has}: has, have, had, since, also, then, just, later, recently, once, quietly, repeatedly
{told}: told, tells, informed, informs, advised, warned, assured, alerted, texted, messaged, phoned, rang, emailed, approached,
  confided in, confides in, disclosed to, discloses to, said to, says to, admitted to, mentioned to, revealed to, whispered to,
  reported to, confirmed to, explained to, described to, confessed to, complained to, opened up to, spoke to, spoken to, shared
  with, wrote to, came to, came forward to
{it}: it, this, that, all this, this all, the same
{said}: says, said, reports, reported, states, stated, disclosed, discloses, confided, confides, alleged, alleges, revealed,
  reveals, mentioned, mentions, claims, claimed, let slip, describes, described, recalls, remembers, saw, heard, overheard,
  witnessed
{stated}: says, said, reports, reported, states, stated, disclosed, discloses, confided, confides, alleged, alleges,
  revealed, reveals, mentioned, mentions, claims, claimed, advises, advised, explains, explained, confirms, confirmed, admits,
  admitted, complains, complained, recalls, recalled, describes, described, relayed, raised concerns, raised a concern,
  expressed concern, expressed concerns, spoke of, spoke about, talked about, opened up about, let slip
{that}: that, he, she, they, there, it, his, her, their, the, a, an, two, three, men, people, cars, vans, someone, somebody, how,
  seeing, hearing, being, having, feeling, this
{their}: the, her, his, their, our, my, a, an, this
{desk}: teacher, tutor, head, headteacher, head of year, head of house, year head, deputy, teaching assistant, ta, senco, dsl, dsls,
  dso, safeguarding lead, safeguarding officer, safeguarding team, school, school staff, school office, college, lecturer,
  nursery, youth worker, gp, doctor, nurse, nurses, ward staff, matron, midwife, health visitor, consultant, pharmacist,
  counsellor, therapist, psychologist, psychiatrist, paramedic, dentist, surgery, clinic, social worker, family worker, support
  worker, case worker, caseworker, key worker, keyworker, outreach worker, project worker, advice worker, duty worker, duty
  officer, advocate, mentor, adviser, advisor, {housing officer}, housing team, warden, scheme manager, office, helpline,
  hotline, charity, hostel staff, refuge staff, shelter staff, probation officer, offender manager, licensing officer,
  licensing team, environmental health officer, chaplain, vicar, priest, imam, pastor, foster carer
{housing officer}: housing officer, neighbourhood officer, tenancy officer, estate officer, income officer, resettlement officer
{bare desk}: school, school staff, college, nursery, safeguarding, staff, social services, social care, children's services, housing,
  probation, licensing, reception, ward staff, gp, dsl, social worker, key worker, keyworker, support worker, worker, writer, author
{informed}: told, tells, informed, informs, alerted, advised, confided in, confides in, disclosed to, discloses to, said to,
  admitted to, mentioned to, revealed to, confessed to, confirmed to, explained to, described to, opened up to, complained to
{wrote}: rang, phoned, called, telephoned, emailed, texted, messaged, wrote to, written to, visited, approached, went to, spoke to,
  spoken to, talked to, spoke with
{why}: about, to say, to tell, to report, to complain, to raise, to explain, to disclose, to let, with concerns, with a concern,
  with information, because, saying, worried, concerned, and said, and told, and reported, and disclosed
{her}: her, him, them, {name}, my {word}, our {word}, the {teller}, a {teller}, the neighbour, a neighbour
{her name}: her name, his name, their name, their names, her identity, his identity, their identity, her details, his details,
  their details, her anonymity, his anonymity, their anonymity, her confidentiality, his confidentiality, their confidentiality,
  the name of, the identity of, the source, our source, my source
{never}: not, never, cannot, can't, mustn't, shouldn't, don't, doesn't, won't, afraid, scared, frightened, terrified, fears, worried,
  if, in case
{find out}: find out, finds out, found out, finding out, know, knows, learn, learns, hear, hears, realise, realises, guess, guesses,
  discover, discovers, work out, works out, suspect, suspects, be told, say, reveal, tell them, tell him, tell her, tell anyone, let on
{he}: he, she, they, who, which, whom
{i}: i, we
{talk}: session, sessions, keywork, key work, key work session, keywork session, support session, one to one, 1 to 1, appointment,
  home visit, welfare check, assessment, counselling, supervision, drop in, interview, tutorial, check in, phone call, visit
{kept}: anonymous, unnamed, nameless, out of it, confidential, unknown

[who-told]
{a} ({word})? {person} ({word})? ({has})? ({has})? {told} {us}
{a} ({word})? {person} ({word})? ({has})? (disclosed|mentioned|revealed|admitted|confirmed|reported|shared|said|whispered)
  {it} (to|with) {us}
{person} ({has})? {told} (me|us|staff|our staff|our team|reception)
{a} ({word})? {person} ... {told} {us}
{told} (me|us|our {word}|my {word})
(mentioned|said|reported|disclosed|admitted|described|shown|given) ({it})? (to|with) (me|us|our {word}|my {word})
(came|comes|come|passed|reached|brought|sent) ({it})? ({word})? (to)? (me|us|our {word}|my {word}) (from|via|through|by) ({a}|{person})
(want|wants|wanted|wish|wishes|like|prefer) (her|his|their) (own)? name ({word})? (given|used|known|mentioned|kept|out)
(seen|saw|heard|witnessed) ({it}|them|him|her)? (with|for) (his|her|their) (own)? (eyes|ears|self|selves)
{i} ({has})? (was|were|been|am|are|keep|kept) (being)? told
({he}|{name}) ({has})? ({has})? {told} {us}
({he}|{name}) ({has})? (disclosed|mentioned|revealed|admitted|confirmed|reported|shared) {it} (to|with) {us}
(disclosed|confided|divulged|opened up|confessed) ({it})? (to|in|with) {us}
(made|makes|making) a disclosure
{i} (was|were|am|are|have been|had been|got|also|since) ({has})? (told|informed|advised|tipped off|warned|alerted|made
  aware|approached) ({it}|of this|about this|about it)? by
(been|was|were) (told|informed|advised|tipped off) ({it})? by (a|an|my|our|one of|another|her|his|their)
(told|reported|disclosed|passed|given|said|mentioned) ({it})? to (me|us|our staff|our team) by
according to {a} ({word})? ({word})? {person}
{i} ({has})? (heard|hear|learned|learnt|know|knew|got|had|have|understand|gathered|picked up|found out) ({it}|of this|about
  it|about this|of it|all)? ({word})? from {a} ({word})? ({word})? {person}
(information|disclosure|tip|tip off|account|word) ({word})? ({word})? from {a} ({word})? {person}
(a|an|my|our|one of our|one of my|another|several of our|two of our|some of our) ({word})? {person} ({has})? {said}
  (that|he|she|they|there|it|his|her|the|a|an|two|three|men|people|cars|vans|someone|somebody|how|seeing|hearing|being)
(my|our) ({word})? {cared for}
(one|two|three|some|several|many|a few|any|another) of (our|my) ({word})? {person}
{i} ({has})? (spoke|spoken|talked|chatted) (to|with) {a} ({word})? {person}
{person} ({has})? (asked|begged|wants|wanted) (me|us) (not)? to
(wishes|wants|asked|asks|would like|prefers|begged|begs) (to|not to) (remain|stay|be|have|give) (named|{kept}|identified|his
  name|her name|their name)
{person} (who)? (does not|doesn't|did not|didn't|will not|won't) (want|wish|dare) (to)? (be)?
  (named|identified|known|come forward|speak|talk|go)
(told|said|shared|spoke|disclosed|mentioned) ... (in confidence|off the record)
(in|during|at) (a|our|his|her|their|my|last|yesterday's|this week's) ({word})? {talk} (he|she|they|with me|with us|with our|with my)
(he|she|they) ({has})? (said|told|disclosed|mentioned|revealed|confided) ... (in|during|at) (a|our|his|her|their|my|the|last)
  ({word})? {talk}
my (source|informant|contact)
# Case notes leave the article out.
^ ({new})? {person} ({has})? ({has})? {stated}
^ ({new})? {teller} ... {stated} {that}
{teller} ({has})? ({has})? {stated} {that}
(the|this|a|an|one|our|my) ({new})? {caller} ({has})? ({has})? {stated}
(two|three|four|some|several|many|a few|other|both|a number of) ({word})? {tellers} ({has})? ({has})? {stated}
one of the (women|girls|ladies|mums|dads|kids|{tellers}) ... {stated} {that}
{person} ({has})? ({has})? (disclosed|discloses|confided|confides|divulged)
({he}|{name}) ({has})? ({has})? (disclosed|discloses|confided|confides|divulged) (that|how|being|having|to|she|he|they|about|{it})
# Told somebody whose work it is to listen.
({he}|{person}) ({word})? ({has})? ({has})? {informed} {their} ({word})? {desk}
{name} ({has})? ({has})? {informed} (her|his|their|our|my) ({word})? {desk}
({he}|{name}|{person}) ({has})? ({has})? {informed} {bare desk}
(disclosed|disclosing|disclosure|mentioned|reported|revealed|divulged|confessed|admitted) {it} (to|with) ({their})? ({word})? {desk}
(disclosed|divulged|confided|mentioned|revealed) (to|in|with) ({their})? ({word})? {desk}
({he}|{name}|{person}) ({has})? ({has})? contacted {us}
{person} ({has})? ({has})? contacted ({their})? ({word})? ({desk}|{bare desk})
({he}|{name}|{person}) ({has})? ({has})? {wrote} ({their})? ({word})? {desk} {why}
(contacted|telephoned) (me|us|our office|our team|my team|our service|our helpline|our school)
({he}|{name}|{person}) ({has})? ({has})? (let|lets) {us} know
({he}|{name}|{person}) ({has})? ({has})? (let|lets) ({their})? ({word})? {desk} know
(passed|passes|handed|relayed|forwarded|fed) ({it}|information|the information|the details|details|word|what {he})? (on|along|back) to
  (me|us|our {word}|my {word})
(passed|relayed|forwarded|fed) ({it}|information|the information|the details|details) ... to ({their})? ({word})? {desk}
(pointed|points) ({word})? ({word})? ({word})? out to (me|us|staff|our {word}|my {word})
({he}|{name}|{person}) ({has})? ({has})? (showed|shown|shows) (me|us|staff|our staff|our team)
{a} ({word})? {person} ({has})? ({has})? (came|come|comes) forward (with|and said|and told|and reported|and spoke|to say|to tell|to report|about|after)
{a} ({word})? {person} ({has})? ({has})? (came|come|comes) forward $
# By whom, in what talk.
(disclosed|divulged|revealed|alleged|reported|mentioned|relayed|flagged) ... by {a} ({word})? {person}
(disclosure|allegation|allegations|complaint|complaints|referral|information|concern|concerns|details) (was|were|has|have|had|is|made|
  received|raised|given) ... (by|from) {a} ({word})? {person}
{it} (was|is|were|has been|have been|had been) ({has})? (disclosed|divulged|confided|relayed|alleged)
(disclosed|divulged|confided|revealed|emerged|came out|came up|came to light) ... (in|during|at) ({their}|last|yesterday's) ({word})?
  ({word})? {talk}
{it} (was|has been|had been) ({has})? (said|told|mentioned|shared|raised) ... (in|during|at) ({their}|last|yesterday's) ({word})? {talk}
{i} ({has})? (had|got|received|took|taken|have) (a|an|several|two|another) ({word})? (call|phone call|email|message|letter|complaint|
  report|referral|note|text|visit|disclosure) from
{i} ({has})? (heard|hear|had|have|got|learned|learnt|know|knew|understand) ({it}|of it|about it|of this|about this) ({word})? from
  (him|her|them|{name})
{it} (came|comes|has come|is|was) (straight|directly|only)? from (her|him|them)
# How it is to be kept.
(keep|keeps|kept|leave|left) {her} ({word})? out of (this|it|it all|all this|everything|any report|the report|your report)
(please|to|must|should|i|we) (keep|kept|leave|left) {her name} ({word})? (out|private|secret|confidential|safe|hidden|from|off)
(protect|protecting|withhold|anonymise|redact|respect|safeguard|shield) ({her name}|the identity)
(protect|protecting|shield) {her} (as|because|from being)
(her|his|their) ({word})? (name|names|identity|anonymity|details) (must|should|needs to|need to|has to|have to|is to|are to|is not to|are
  not to|may not|cannot) (not)? (be|stay|remain) (protected|kept|hidden|secret|withheld|confidential|shared|disclosed|revealed|used|known|given|private|mentioned|anonymous)
(do not|don't|never|must not|should not|mustn't|shouldn't|cannot|please not) (ever)? (name|identify|quote|mention|reveal|disclose|use|
  share|expose|give|pass on|publish) ({her name}|{her}|who)
{never} ... {find out} ({word})? ({word})? it (was|is|were) {her}
{never} ... {find out} ({word})? ({word})? (came|comes|come) from (her|him|them|us|me|{a}|{name})
{never} ... {find out} (that|how|who|about)? ({he}|{name}|{person})? ({has})? (told|spoke|spoken|talked|said|disclosed|reported|come|came)
  ({word})? (us|me|to us|to me|to anyone|to staff|forward|{it}|anything)
(not|never|could|can|might|may|would) (be|get) (traced|linked|tracked|attributed) (back)? to (her|him|them|{a}|{name})
(afraid|scared|frightened|terrified|fears|worried) ... (being|be|of) (named|identified|found out|outed)
not: ({a})? ({word})? ({he}|{name}|{person}) ({word})? ({has})? {informed} ({their})? ({word})? ({desk}|{bare desk}) (not|how|when|where)? to
not: ({a})? ({word})? ({he}|{name}|{person}) ({word})? ({has})? {stated} (nothing|as|goodbye|hello|are|were|say|show)
not: ({a})? ({word})? ({he}|{name}|{person}) ({word})? ({has})? (said|alleged|reported) to (be|have)
# Words that would else be taken for slips of those above.
not: {person} (started|starts|stared|stares|stayed|slated|stages|skates|resorts|reporter|brothel|hotel|patent|farmer|clearer|diver)
not: (sign|notice|letter|bill|poster|note|leaflet|email|contract|licence|lease|advert|website|page|card) ... {stated} ({word})?
not: (man|woman|person|lad|boy|girl|driver|he|she|they) ({word})? (came|phoned|rang|spoke|wrote|approached) (to|the|a)
  (staff|reception|our staff|the staff) (and|to|for|at) (ask|asked|demand|demanded|shout|shouted|threaten|threatened|pay|paid)
`
