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
  sex worker, beneficiary, attendee
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
not: (man|woman|person|lad|boy|girl|driver|he|she|they) ({word})? (came|phoned|rang|spoke|wrote|approached) (to|the|a)
  (staff|reception|our staff|the staff) (and|to|for|at) (ask|asked|demand|demanded|shout|shouted|threaten|threatened|pay|paid)
`
