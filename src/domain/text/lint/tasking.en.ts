/** Phrases that ask a reporter to do something for staff. The notation, and how to add a line: docs/warnings.md. */
export const english = `
{apostrophe needed}: we're, we'll, i'll, i'd, he'll, she'll

{him}: him, her, them, your friend, your friends, your neighbour, your neighbours, your brother, your sister,
  your partner, your colleague, your mate, your boss, people, someone, somebody, anyone, anybody, others, the others,
  the man, the woman, the driver, the owner, the tenant, the neighbours, the staff, the victim, the children
{his}: his, her, their, the, a, any, some, this, that, more, it, what, who, where, how
{what}: what, who, where, when, why, how, which, whether, if, more, something, anything, the, his, her, their, names,
  details, out, it, this, that
{please}: please, could you, can you, would you, will you, you could, you can, you should, you might, you may, you must,
  you need to, we need you to, we want you to, we would like you to, we'd like you to, try to, try and, help us to,
  help us by, be able to, it would help if you, it would be helpful if you, it helps if you, if possible, are you able to,
  are you willing to, would you mind, could you please, can you please, next time, when you next, if you see, you to,
  and, then, perhaps, maybe, do, just, also, could you possibly, can you possibly, could you maybe, can you maybe,
  could you just, can you just, could you perhaps, could you also, can you also, might you, you can maybe, you could perhaps,
  do you think you could, do you think you can, are you in a position to, is there any way you could, any chance you could,
  any chance you can, is it possible for you to, feel free to, do feel free to, don't hesitate to, do not hesitate to,
  when you can, we hope you can, hopefully you can, we wonder if you could, we wondered if you could, kindly, let's, you will
{photo}: photo, photos, photograph, photographs, picture, pictures, pic, pics, video, videos, film, screenshot,
  screenshots, selfie, image, images, footage
{a}: a, an, the, some, any, another, more, us a, us some, us the, one, few, a few, of, it, them
{watch}: watch, watching, eye, eyes, look out, lookout, tabs, track, record, log, diary, count, note, notes, list,
  tally, ear, ears
{place}: back, round, around, there, over, in, inside, up to, near, past, closer, along, to the, into the, upstairs,
  home with

{do not}: do not, don't, dont, never, please don't, please do not, please never, no need to, not need to, don't need to,
  should not, shouldn't, must not, mustn't, not to, not expect you to, not asking you to, not ask you to,
  don't want you to, do not want you to, not want you to, without having to, rather than, avoid, stop, nobody should,
  not have to, don't have to, need not, there is no need to, nor, you are not to, and do not, or do not
{between}: try to, try and, ever, also, even, please, be tempted to, attempt to, go and, feel you have to, feel you must,
  put yourself at risk to, take risks to, think you must, then
{act}: find out, go back, go there, go near, go near them, go inside, go in, go round, go over, go again, go, get close,
  get closer, get involved, get nearer, look, look inside, look round, look into, look around, look for, have a look,
  take a look, check, check if, check whether, check anything, ask, asking, ask anyone, ask him, ask her, ask them,
  ask people, ask anybody, ask others, question, question anyone, follow, following, follow anyone, follow him, follow her,
  follow them, follow people, watch, watch anyone, watch them, watch him, watching, keep watch, keep watching,
  keep an eye, keep looking, keep a record, keep notes, keep asking, take photos, take a photo, take any photos, take pictures,
  take notes, taking photos, take photographs, take videos, take a video, record, recording, record anyone, record them,
  record him, film, filming, film anyone, film them, film him, talk to, talking to, talk to him, talk to her, talk to them,
  talk to anyone, speak to, speak to anyone, speak to him, speak to her, speak to them, contact, contact him, contact them,
  contact her, contact anyone, confront, confront anyone, confront him, confront her, confront them, challenge them,
  investigate, visit, collect, collect evidence, gather evidence, gather information, collect information, get evidence,
  get proof, get more information, count, count the, monitor, buy, buy anything, approach, approaching, approach them,
  approach him, approach her, approach anyone, return, return there, listen, listen in, track, join, pretend, wait, enter,
  photograph, photograph anyone, photograph them, send photos, send pictures, send us photos, message them, message him,
  ring them, learn more, search, search for, engage, engage with, touch anything, open anything, write down, make notes,
  make a list, stay in touch, stay in contact, keep in touch, befriend them, gather, trace, add them

{thing}: {photo}, snap, snaps, a snap, registration, registrations, reg, name, names, surname, full name, address, addresses,
  number plate, plate, plates, phone number, number, numbers, description, descriptions, list, proof, evidence, sample,
  samples, recording, recordings, copy, copies, document, documents, details, times, dates, email address, house number,
  door number, car, username, usernames, bank details, receipt
{useful}: help, helps, helpful, useful, great, good, handy, ideal, gold dust, gold, perfect, brilliant, valuable, invaluable,
  welcome, of use, appreciated, wonderful, what we need, interesting, of interest, excellent, lovely, fantastic
{they}: he, she, they, him, her, them, it, people, someone, anyone, the man, the men, the woman, the van, the car, the lorry,
  the delivery, the next, the owner, the driver, the group, the lads

[tasking]
any chance (of|you) (a|an|the|some|any|could|can|might|getting|finding|seeing)
(the|a|an|any|some|more|his|her|their) {thing} ... (would|could|will|might|can|may) (be|really|also|all|certainly|well|greatly|only)? ({word})? {useful}
(would|could|it'd) be ({word})? {useful} (to|if you) (know|have|see|get|hear|learn|could|can|find|were|had|saw)
(we|i|it) (could do with|could really do with|could use|would love|would dearly like|are short of|are missing|still need|only need|just need|lack|are after|are looking for|are keen to|would like to) (knowing|to know|a|an|the|his|her|their|some|more|have|know|see|hear) (who|which|how many|where|what|when|more|name|names|{thing})
(we|i) (could|would) (do with|love|really like) (knowing|to know|a|an|the|some|more|hearing)
(have|having) a (quiet|little|quick|good)? (word|chat|talk) with
(get|getting|got) (him|her|them|people|someone) (talking|to talk|to tell|to say|to show|to admit|to open|chatting|drunk|on his own|on her own|on their own|to invite)
(draw|drawing) (him|her|them) out
get yourself
(get|be|getting) (invited|introduced|hired|recruited|involved with)
jot (down)?
(jot|note|scribble|write) (down)? {thing}
(establish|determine|ascertain|work out|figure out|clarify|confirm|discover|suss out|dig out|dig up) (whether|if|who|where|what|which|when|how many|his|her|their)
leave (your|the|a) (phone|camera|recorder|tablet|laptop|dashcam|window|door) (recording|running|on|open|in|there|filming)
(carry on|continue|keep|go on|stay) (on)? (working|visiting|going|seeing|meeting|buying|living|chatting|talking|playing|drinking|dealing|driving) (there|with|to|him|her|them|for|from|as|and)
(do carry on|carry on as|carry on and|continue as) ({word})? (normal|before|usual|let us|tell us)
(let us know|tell us|report|update us) (how|what) (it|that|he|she|they) (goes|went|turns out|reacts|react|say|says|do|does)
(you are|you're) (well placed|ideally placed|in a good position|perfectly placed|the best person|our best|able to hear|close enough|near enough) (to|for|source|person|hope)?
(look|peek|peep|peer|glance) (in|into|inside|through|over|under|behind|round) (the|their|his|her) ({word})? (bins|bin|window|windows|door|fence|shed|garage|van|car|yard|garden|gate|curtains|letterbox|rooms|room|back|bags)
(quick|little|sneaky|discreet) (look|peek|peep|glance|photo|picture|snap|word|chat|recording)
(pop|nip|drop|swing|call) (round|by|in|over|back|past) (and|to|again|there|for|if|when|some|this|next|one)
(if|when|whenever|should) you (happen to|can|could|do|get the chance to|get a chance to|manage to|are able to|ever) (see|hear|find|get|catch|spot|note|look|take|ask|overhear|speak|learn|photograph|record|follow|go back|visit)
(each|every|once a) (week|day|time|visit|evening|night|month) (you|tell us|let us|send|write|report|what|when)
(tell|tells|send|sends|give|gives|bring|brings|write to|writes to|update|report to) us ... (each|every|once a) (week|day|time|visit|evening|night|month)
(use|using) your (contact|contacts|friendship|relationship|access|key|keys|pass|login|account|shift|shifts|position|camera|doorbell|window) to
(make|strike up|keep up|start) (a|the|your)? (friends|friendship|conversation|contact|conversations|small talk) (with|to|and)
(become|get) (friends|friendly|closer|close|pally|to know) (with|to|him|her|them)
(arrange|set up|fix|agree) (a|to) (meeting|meet|buy|deal|call|visit|viewing|purchase)
(place|make) (a|an|one|some)? (order|test purchase|purchase|small order|enquiry|booking)
(overhear|eavesdrop|listen in|listen at|snoop|spy|sneak|snoop around|poke around|nose around|ask around|look around|dig around|sniff around|have a nose)
find out {what}
find out
finding out {what}
see what you can (find|learn|hear|see|get)
(see|check|look|learn|hear) (if|whether|who|what|where|how many) (they|he|she|it|there|is|are|lives|comes|goes|happens|people)
{please} (look|check|listen|search|investigate|explore|enquire|inquire|observe|monitor|count|record|film|watch|spy|follow|track|visit|enter|approach|engage|infiltrate|pretend|buy|collect|gather|obtain|confirm|verify|identify|establish|discover|uncover|locate|trace|measure|test|taste|sample|eavesdrop|overhear)
{please} ... (look round|look around|look inside|have a look|take a look|double check|keep watch|keep an eye)
(have|take) (a|another) (closer|good|quick|discreet|better)? look
(take|taking|get|getting|send|sending|make|making|shoot|bring|snap|grab) (us|me)? ({a})? {photo}
(take|make|keep|write) (down)? (a|the|some)? (note|notes|record|records|log|diary|list|tally) of
(write|note|jot|take) (down)? (the|any|all|every|each|their|his|her|its) ... (down|plate|plates|number|numbers|registration|registrations|time|times|name|names)
(get|getting|move|moving|come|go|going) (closer|nearer)
(keep|keeping) (an|a close|your|a)? (eye|eyes|ear|ears|watch|lookout|look out|tabs|track|count|note|diary|log|record|records)
keep (watching|looking|listening|following|checking|filming|recording|going|asking|talking|visiting|in touch with|telling us|reporting|sending|writing to us|on)
keep (us|me) (posted|updated|informed|up to date|in the loop)
(go|going|get|getting|come|coming) (back|round|around|over|in|inside|near|nearer|close|closer|past|along|upstairs|there) (and|to|with|there|again|in|for|without|as|on|at|when|tonight|tomorrow)
{please} (go|return|drive|walk|pop|head|come) {place}
(drive|walk|pop|go|wander) (past|by|round|over) (and|to|the|it|there)
(ask|asking|question|quiz|press|persuade|encourage) {him}
{please} ask
(speak|talk|chat|listen|write|reach out|get talking) (to|with) {him} (and|about|to|again|for|so|who|when|if|or)
{please} ... (speak|talk|chat|listen) (to|with) {him}
(get|getting|obtain|fetch|find|find us|get us|give us|bring|bring us|collect|gather|steal|borrow|copy) (hold of)? (his|her|their) {word}
(get|bring|send|give|find|obtain|fetch|collect|gather) (us|hold of) ... (name|names|address|addresses|number|numbers|plate|plates|details|proof|evidence|sample|samples|copy|copies|packet|packets|one|documents|paperwork|receipts|key|keys|phone|laptop)
(get|gather|collect|obtain) (more|some|any|further|enough)? (information|evidence|proof|details|intelligence|samples|names)
(get|getting) hold of
(buy|purchase|order) (some|a|one|something|from)
(follow|following|track|tail|shadow) {him}
(follow|tail|track) (the|that|his|her|their|any) (van|car|lorry|vehicle|bike|man|woman|boy|girl|person|group|taxi|scooter)
(join|infiltrate|rejoin|stay in|get into|get yourself) (the|their|his|her|that|a) (group|chat|gang|party|meeting|page|channel|crew|club|server|forum|invited)
(stay|keep|get|be) (in touch|friendly|close|in with|in contact|on good terms|friends) (with)? (him|her|them|people|for now)
(befriend|add|friend|message|text|phone|ring|call|meet|visit|contact|confront|challenge|warn) (him|her|them) (and|to|again|so|online|on|for|about|if)
pretend (to|that|you)
(act|play) (as if|along|dumb|interested|like you|normal)
(record|film|tape|photograph|screenshot|video) (it|the|him|her|them|any|every|what|a|their|his|your|calls|conversations|each)
(let us know|tell us|report back|write to us|write again|message us|report|contact us|get back to us|report to us) (when|whenever|if|as soon as|each time|every time|the next time|next time|once) (the|he|she|they|you see|you hear|it happens|anything|something|there is|there are|another|any|more|someone|somebody|people|a|you find|you learn|you notice|you spot)
(let us know|tell us|report back|report to us|write to us) (what|who|everything|anything) (you|he|she|they) (see|hear|find|learn|notice|spot|do|does|says|say|does next)
(report|come|get) back (to us|with|on|what|when|here with)
next time (you|he|she|they|it|you're|the)
(when|if|whenever) you (next|are next|see him|see her|see them|meet him|meet her|meet them|are there|go there|visit|next see|speak to him|speak to her|speak to them|talk to him|talk to her|talk to them)
(look|watch|listen|wait) (out)? for (the|any|a|him|her|them|when|more|signs|cars|vehicles|new)
(wait|stay|stand|sit|park|hide|hang around|hang about) (near|outside|there|opposite|nearby|by|close|in the|until|behind)
(without|before) (being|getting|anyone) (seen|noticed|caught|spotted|noticing|seeing)
count (the|how|them|all|any|every|people|cars)
(gain|win|earn|use|build) (his|her|their|your) (trust|confidence|friendship|contact|contacts|position|access|job)
(open|search|check|look in|look through|go through|look at) (his|her|their|the) (phone|bag|bags|car|van|room|shed|garage|loft|post|mail|drawers|laptop|computer|emails|messages|bins|bin|papers|accounts|account|pockets|cupboard|boot)
(send|upload|bring|attach|share) (us|me)? (more|any|further|the|all|every|some) ... (photo|photos|pictures|picture|video|videos|names|name|screenshots|updates|update|details|information|messages|numbers)
(continue|carry on|go on) (to watch|watching|to visit|visiting|to talk|talking|looking|to look|reporting|to report|as before|asking|working there|seeing)
(we|i) (need|want|would like|'d like|require) (you to|more information from you every|regular updates|updates|someone to|somebody to|you back)
(be|act as) our (eyes|ears|eyes and ears|source|informant|contact)
(your|the) (task|job|mission|next step|assignment) (is|will be|would be)
(test|try) (it|one|some) (and|to|out|for us)
(leave|put|place|hide|plant|set up|install) (your|a|the) (phone|camera|dashcam|recorder|tracker|tag|dash cam|doorbell|microphone)

not: {do not} ({between})? {act}
not: {do not} ({between})? {act} (and|or|to|with|the|a|any|anyone|there|again|if|for|on|what|who|in|anybody|anything)
not: {do not} ({between})? {act} (anyone|anybody|anything|him|her|them|people|there|again|more)? (and|or|nor) ({do not})? ({between})? {act} ({word})?
not: (did|had|have|has|were|was|does|if|because|since|after|before|when|that|and) (anyone|anybody|someone|somebody|nobody|they|he|she|you|it|officers|police) (ever|then|also|already|later)? {act} ({word})? ({word})?
not: (your|the|our|my) (job|task|business|place|responsibility|duty) to {act} ({word})? ({word})?
not: (we|nobody|no one|officers|they|police|the police|the council|the agency|someone|somebody|a colleague|colleagues|inspectors|the team|our team|staff) (will|would|may|might|can|could|shall|should|'ll|have to|are going to|want to|need to|are trying to|tried to) (also|then|now|soon|try to|still|be able to|need to)? {act} ({word})? ({word})? ({word})?
not: asked us to ({word})? ({word})? ({word})?
not: (did|has|have|had|could|might|would) (anyone|anybody|someone|somebody|they|he|she|others) ({word})? (take|takes|taken|follow|followed|record|recorded|ask|asked|see|saw|get|got|find|keep|look|watch|overhear|overhear you|listen) ({word})? ({word})?
not: you can (find out|find) (about|more|out|more about) ... (support|help|services|at|on|from|online|victims|what we do|how we|how this)
not: find out (about|more about) (support|help|what happens|how we|how this|your rights|victim|us|the service|this service|what we do)
not: find out who (you are|reported|wrote)
not: (we|i|they|nobody|police|the police|officers|no one|he|she) (will|would|can|could|cannot|can't|may|might|did|do|tries to|try to|will try to|want to|wants to|should|should be able to) (not)? (try to)? (find out|look|check|go|ask|follow|visit|get back to you|watch|record|contact)
`
