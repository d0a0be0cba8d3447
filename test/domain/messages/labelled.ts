import type { Report } from '../../../src/schemas/report.ts'

/**
 * Invented sentences with the codes that a careful supervisor would expect; `-` is innocent. `development` was used to
 * write the lists; `heldOut` was written before them, by the same hand, and not used to improve them. Who extends the
 * lists adds to `development` and leaves the other alone.
 */
export interface Labelled {
  /** Of a message that is compared with a report: which. */
  about: string
  required: readonly string[]
  text: string
}

function table(rows: string): Labelled[] {
  return rows
    .split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => {
      const bar = row.indexOf('|')
      const [about = '', ...codes] = row.slice(0, bar).trim().split(/\s+/)
      return { about, required: codes.filter((code) => code !== '-'), text: row.slice(bar + 1).trim() }
    })
}

/** What messages in the sets below are compared with. All fictional. */
export const reports: Readonly<Record<string, Report>> = {
  house: {
    category: 'property-misuse',
    subcategories: ['unlawful-hmo'],
    language: 'en',
    narrative:
      'The house at 14 Marrow Close was split into bedsits last autumn. Around twelve people sleep there and mattresses fill the garage. A man called Dorin collects cash on Fridays in a silver Passat. The smoke alarms were taken down and the back door is chained at night.',
    places: [{ address: '14 Marrow Close', postcode: 'BS99 1AA', role: 'scene' }],
    entities: [
      { kind: 'person', name: 'Dorin Vex', alias: 'Dozer', role: 'suspect' },
      { kind: 'vehicle', registration: 'ZZ99 ZZZ', make: 'Volkswagen Passat', colour: 'silver' },
      { kind: 'phone', number: '07700 900417' },
      { kind: 'organisation', name: 'Larkspur Lets Ltd', number: '99000017' },
    ],
  },
  line: {
    category: 'county-lines',
    subcategories: ['cuckooing'],
    language: 'en',
    narrative:
      'Two lads from outside have taken over the flat of a lady who uses a stick. Kids on scooters come to the hatch all evening and leave with wraps. They call it the Bramble line. She has lost weight and no longer answers her buzzer.',
    places: [{ description: 'Flat 6, Osier Court', postcode: 'CF99 9ZZ', role: 'home' }],
    entities: [
      { kind: 'online', platform: 'Snapchat', handle: '@bramble_247' },
      { kind: 'phone', number: '+44 7700 900288' },
      { kind: 'account', identifier: '12-34-56 10203040' },
    ],
  },
  tip: {
    category: 'environmental-crime',
    subcategories: ['organised-fly-tipping'],
    language: 'cy',
    narrative:
      'Mae lorïau melyn yn gollwng rwbel ac asbestos yn chwarel Cwm Hesgog bob nos Fawrth. Mae dyn o’r enw Ifor Plisgyn yn agor y giât iddyn nhw ac mae’r nant yn rhedeg yn llwyd.',
    places: [{ description: 'Chwarel Cwm Hesgog', postcode: 'LL99 2BB', role: 'scene' }],
    entities: [{ kind: 'person', name: 'Ifor Plisgyn' }],
  },
}

/** Messages of staff: does it task the reporter? */
export const taskingHeldOut: readonly Labelled[] = table(`
en tasking | Could you find out what time they usually arrive?
en tasking | If it happens again, please take a photo of the number plate.
en tasking | Please keep an eye on the place and tell us what you see.
en tasking | Next time you are there, have a look in the back room.
en tasking | Try to get his surname.
en tasking | Ask her where she gets them from.
en tasking | It would help if you could go back and check the door number.
en tasking | Make a note of every car that comes.
en tasking | Can you get closer without being seen?
en tasking | Would you be able to speak to your friend and see what she knows?
en tasking | Keep us updated about what he does.
en tasking | Please count how many people go in this week.
en tasking | Could you join the group chat and send us the names?
en tasking | Stay in touch with him for now.
en tasking | Let us know when the next delivery comes.
en tasking | You could record the conversation on your phone.
en tasking | We need you to follow the van if you can do so safely.
en tasking | Can you get hold of one of the packets?
cy tasking | Allwch chi ddarganfod pwy sy'n byw yno?
cy tasking | Tynnwch lun o'r cerbyd os gwelwch yn dda.
cy tasking | Cadwch lygad ar y lle i ni.
cy tasking | Gofynnwch iddo o ble maen nhw'n dod.
cy tasking | Ewch yn ôl i weld a ydyn nhw yno o hyd.
cy tasking | Rhowch wybod i ni y tro nesaf y daw'r lori.
en - | Thank you for your report. It has been read.
en - | Is anyone in danger at the moment, as far as you know?
en - | Was this something you saw yourself, or did somebody tell you?
en - | Do you remember roughly which month it was?
en - | Please do not go back there.
en - | Do not take photos or follow anyone.
en - | You do not need to do anything more.
en - | Please don't ask anyone about this on our behalf.
en - | Is there a safe time of day to leave you a message here?
en - | We cannot tell you what will happen, but your report has been passed on.
en - | If you feel unsafe, call 999.
en - | Do you still need support for yourself?
en - | You can find out about support at victimsupport.org.uk.
en - | Did it happen once, or more often?
en - | Was it in the morning or in the evening?
en - | You can end contact whenever you want.
en - | Nobody will try to work out who you are.
en - | Do you think somebody could guess that you reported this?
cy - | Diolch am eich adroddiad. Mae wedi cael ei ddarllen.
cy - | A oes unrhyw un mewn perygl ar hyn o bryd?
cy - | Peidiwch â mynd yn ôl yno.
cy - | Peidiwch â thynnu lluniau na gofyn i neb.
cy - | Ai chi welodd hyn eich hun?
cy - | Nid oes angen i chi wneud dim mwy.
`)

/** Messages of reporters: is there a sign that sending must stop? */
export const signsHeldOut: readonly Labelled[] = table(`
en under-18 | im 15 and scared they will know it was me
en under-18 | He sells to kids in my year.
en under-18 | my form tutor said to write here
en under-18 | I can't tell my mum or she'll ground me
en under-18 | I'm still at school so I can only write after four.
en under-18 | it happens by the gates of my school
en under-18 | I turn 17 in March.
en under-18 | I am in year 9
cy under-18 | Dw i'n bymtheg oed.
cy under-18 | Maen nhw'n gwerthu fêps yn fy ysgol i.
en relationship | He told me he is moving the stuff at the weekend.
en relationship | My boyfriend keeps it in the loft.
en relationship | I asked her and she said it comes from Bristol.
en relationship | She showed me the messages on her phone.
en relationship | I spoke to him last night about the money.
en relationship | I work with him so I hear things.
en relationship | My cousin drives for them.
en relationship | He trusts me, that's how I know.
cy relationship | Dywedodd o wrtha i fod mwy yn dod.
cy relationship | Mae fy nghefnder yn gyrru iddyn nhw.
en ongoing | He told me again that it comes on Friday.
en ongoing | Next time I see him I'll try to get the name.
en ongoing | I'll ask her when she comes round.
en ongoing | I will find out more and let you know.
en ongoing | I can get you the address if you want.
en ongoing | I'm seeing them on Saturday so I will report back.
en ongoing | She keeps telling me things.
en ongoing | Shall I go round and have a look?
cy ongoing | Mi ofynna i iddo fo y tro nesaf.
cy ongoing | Fe wna i ddarganfod mwy i chi.
en - | It was a white van, not a blue one.
en - | It is worse at weekends.
en - | Sorry, I got the day wrong. It was Sunday.
en - | No, nobody is in danger that I know of.
en - | I saw it once, about a month ago.
en - | The school is at the other end of the road.
en - | There were about 15 people.
en - | They have 17 cats.
en - | I do not know his name.
en - | Thank you, I have nothing to add.
en - | The man who lives there is about 40.
en - | The police came last night.
en - | I don't want to be involved any more.
en - | Two more men were there this time.
en - | They sell to children outside the primary school.
en - | The light is on all night.
cy - | Fan wen oedd hi, nid un las.
cy - | Mae'n waeth ar benwythnosau.
cy - | Dw i ddim yn gwybod ei enw.
cy - | Roedd tua 15 o bobl yno.
`)

/** Messages of staff about a report: do they repeat it? */
export const repeatsHeldOut: readonly Labelled[] = table(`
house repeats-name | Do you know whether Dorin will be there this week?
house repeats-name | Is Mr Vex often at the house?
house repeats-name | Have you seen dozer since?
house repeats-name | Is it the one at the end of Marrow Close?
house repeats-name | Does Larkspur own other houses?
house repeats-identifier | Is the vehicle zz99zzz parked there at night?
house repeats-identifier | Has the number 07700-900-417 changed?
house repeats-identifier | Do you still see +44 7700 900417 advertised?
house repeats-identifier | Is it still in bs991aa?
house repeats-category | Your report about the unlawful shared house has been read.
house repeats-category | Thank you for reporting misuse of property.
house repeats-narrative | Are the mattresses still there?
house repeats-narrative | Is the garage used as well?
house repeats-narrative | Are there still about 12 people?
house repeats-narrative | Is the door still chained?
line repeats-name | Are people still coming to Osier Court?
line repeats-name | Does the Bramble name mean anything to you?
line repeats-identifier | Is the account bramble247 still in use?
line repeats-identifier | Does 07700 900288 still answer?
line repeats-identifier | Do you know who holds 10203040?
line repeats-category | Thank you for your report about cuckooing.
line repeats-category | We take county lines seriously.
line repeats-narrative | Are there still scooters every evening?
line repeats-narrative | Is the lady well?
tip repeats-name | Ydy Ifor yn dal i fod yno?
tip repeats-name | A yw'r chwarel yng Nghwm Hesgog ar agor?
tip repeats-narrative | A oes mwy o asbestos yno?
tip repeats-identifier | Ai LL992BB yw'r lle?
house - | Thank you for what you told us.
house - | Is anyone there in danger now?
house - | Was this still happening last month?
house - | Did you see this yourself?
house - | Could anybody guess that it was you?
house - | Your report was read and passed on to people who can act.
house - | You can add to your report whenever you like.
house - | Is there anything that worries you about your own safety?
house - | We will not write again unless you want us to.
line - | Is a child in danger at this moment?
line - | When did you first notice this?
line - | Do you feel safe?
line - | If somebody is hurt, call 999.
line - | Please tell us only what you already know.
line - | Has anything changed since you wrote?
line - | You can stop at any time.
line - | How sure are you of what you wrote?
line - | Did you see it, or were you told?
tip - | Diolch am eich adroddiad.
tip - | A oes unrhyw un mewn perygl?
tip - | A welsoch chi hyn eich hun?
tip - | Pryd ddechreuodd hyn?
tip - | Dywedwch wrthym dim ond yr hyn rydych chi'n ei wybod yn barod.
tip - | Gallwch ddod â'r cysylltiad i ben ar unrhyw adeg.
`)

export const tasking: readonly Labelled[] = table(`
en tasking | Can you find out who owns the van?
en tasking | Please take a photo next time.
en tasking | Could you go back tonight?
en tasking | Keep watching the house for us.
en tasking | Ask him where he gets the money.
en tasking | try and get his phone number
en tasking | Could you look inside when nobody is home?
en tasking | See if they come back tomorrow.
en tasking | Have a closer look at the packets.
en tasking | Write down the registration of each car.
en tasking | Please keep a diary of what happens.
en tasking | Keep an ear out for the names.
en tasking | Can you talk to the neighbours and see what they think?
en tasking | Go round and check whether the door is open.
en tasking | Follow the lorry to see where it goes.
en tasking | Would you be willing to record him?
en tasking | Let us know as soon as you see him again.
en tasking | Tell us if he says anything else.
en tasking | Buy some and keep the packet for us.
en tasking | Pretend to be interested and ask about prices.
en tasking | Stay friendly with her so that you hear more.
en tasking | Add him online and see who his friends are.
en tasking | Can you get us his surname and address?
en tasking | Could you send us more photos of the yard?
en tasking | We need you to count the children who go in.
en tasking | Wait near the gate until they leave.
en tasking | If you could get closer that would be great.
en tasking | Please check her phone when she is asleep.
en tasking | You might listen at the wall.
en tasking | Report back to us on Monday.
en tasking | keep us posted
en tasking | Use your job to look at the records.
en tasking | Could you confirm the house number?
en tasking | Screenshot their chat and send it.
cy tasking | Allwch chi ffeindio allan pwy yw e?
cy tasking | Ewch yno eto heno i weld.
cy tasking | Gofynnwch iddi pwy sy'n talu.
cy tasking | Tynnwch luniau o'r ceir.
cy tasking | Cadwch ddyddiadur o bob dim.
cy tasking | Dilynwch y fan.
cy tasking | Ceisiwch gael ei enw.
cy tasking | Rhowch wybod i ni bob tro y gwelwch nhw.
cy tasking | Allwch chi siarad â'r cymdogion?
cy tasking | Gwyliwch y tŷ heno.
en - | Thank you. We have read what you wrote.
en - | Do you know whether anyone was hurt?
en - | How long has this been going on?
en - | Did you see it yourself?
en - | Do not go back, and do not ask anyone.
en - | Please do not follow or film them.
en - | Never put yourself at risk to tell us something.
en - | You don't have to find out anything.
en - | We are not asking you to watch anyone.
en - | We will look into it.
en - | The police may visit the area.
en - | Tell us only what you already know.
en - | Is it safe for you to read this mailbox?
en - | If someone is in danger, ring 999 first.
en - | Do you have somebody you can talk to about how you feel?
en - | You can talk to Crimestoppers on 0800 555 111.
en - | We cannot say what was done, but thank you.
en - | Your report will be closed next week.
en - | Was the car new or old?
en - | Do you remember what colour it was?
en - | Did this stop after the summer?
en - | Did somebody else tell you about it?
en - | Have you told anyone that you wrote to us?
en - | You can delete this mailbox at any time.
en - | Do you need an interpreter?
en - | We would rather you did nothing more.
en - | Please stay away from the place.
en - | There is no need to check anything.
en - | Avoid talking to them about it.
en - | We will not contact you in any other way.
en - | Take care of yourself.
en - | What you sent was helpful.
en - | Nobody will be told that there is a report.
en - | You should not go near the building.
cy - | Diolch yn fawr am ysgrifennu.
cy - | Ers pryd mae hyn yn digwydd?
cy - | Peidiwch â dilyn neb.
cy - | Peidiwch â mynd yn agos at y lle.
cy - | A oes plentyn mewn perygl?
cy - | Does dim angen i chi ddarganfod dim byd.
cy - | Byddwn yn ysgrifennu eto.
cy - | Ydych chi'n teimlo'n ddiogel?
cy - | Ffoniwch 999 os oes rhywun mewn perygl.
cy - | Dywedwch wrthym beth rydych chi'n ei wybod yn barod, dim mwy.
`)

export const signs: readonly Labelled[] = table(`
en under-18 | I'm 14 and I don't want my mum to know
en under-18 | he sells vapes at my school
en under-18 | im in year 10
en under-18 | My teacher told me to tell someone.
en under-18 | I'm 16
en under-18 | I am a child
en under-18 | people in my class have seen it too
en under-18 | I saw it on my way home from school
en under-18 | please don't tell my parents
en under-18 | I'm only thirteen but I know what I saw
en under-18 | my foster carer doesn't know I am writing this
en under-18 | i am doing my gcses so cant come
en under-18 | I'm under 18
en under-18 | we have lessons next to it, in our school
cy under-18 | Dw i'n 14 oed.
cy under-18 | Dwi ym mlwyddyn 9.
cy under-18 | Peidiwch â dweud wrth mam.
cy under-18 | Fy athrawes ddywedodd wrtha i am ysgrifennu.
en relationship | He told me where he keeps it.
en relationship | I asked her and she laughed.
en relationship | My brother sells for them.
en relationship | she's my ex
en relationship | I live with him.
en relationship | I was at his flat when they came.
en relationship | He trusts me with the keys.
en relationship | I overheard him on the phone.
en relationship | She texted me a picture of it.
en relationship | I am friends with her sister and know them all.
en relationship | I'm his carer.
en relationship | I used to work for them.
cy relationship | Mae fy mrawd yn gwerthu iddyn nhw.
cy relationship | Gofynnais i iddo fo.
cy relationship | Dw i'n byw gyda fe.
cy relationship | Dangosodd hi'r lle i mi.
en ongoing | he told me again last night
en ongoing | next time I see him I will ask
en ongoing | I'll find out where they keep it
en ongoing | I can ask her if you like
en ongoing | She keeps messaging me about it.
en ongoing | I'm going to look in the shed tomorrow.
en ongoing | Should I follow him?
en ongoing | I've been watching them every night for you.
en ongoing | I am meeting them on Sunday.
en ongoing | Do you want me to get a photo?
en ongoing | I'll keep you posted.
en ongoing | I saw him again yesterday and asked about the van.
en ongoing | He wants me to drive for them.
cy ongoing | Y tro nesaf y gwela i o mi ofynna i.
cy ongoing | Ydych chi eisiau i mi ofyn?
cy ongoing | Mae hi'n dal i ddweud wrtha i.
en - | It was a red car.
en - | I think there are 14 of them.
en - | They come at 9 and leave at 10.
en - | The house is next to a school.
en - | He is about 16 or 17.
en - | They are children, maybe year 9.
en - | The teacher knows about it.
en - | It started last year.
en - | I am 5 minutes away.
en - | I am 62 and have lived here all my life.
en - | I was 14 when it started, that was thirty years ago.
en - | I don't know him.
en - | I have told you everything I know.
en - | I can see the yard from the road.
en - | I won't ask anyone.
en - | I can hear shouting at night.
en - | I do not want to do anything more.
en - | The man told the police.
en - | She told the shop keeper to go away.
en - | No, I have not seen it since.
en - | I am sure it was a Tuesday.
en - | He asked the driver for money.
en - | They keep shouting all night.
en - | I'll keep away from there.
en - | The boy is in care I think.
en - | Three men, all about 40 years old.
en - | It has stopped now.
en - | There is a new sign on the door.
en - | I will not write again.
en - | Thanks for answering.
cy - | Roedd y car yn goch.
cy - | Dyn tua 40 oed yw e.
cy - | Mae'r ysgol dros y ffordd.
cy - | Diolch am eich neges.
cy - | Fydda i ddim yn gofyn i neb.
cy - | Welais i ddim byd wedyn.
`)

export const repeats: readonly Labelled[] = table(`
house repeats-name | Is Dorin Vex the owner?
house repeats-name | Does DORIN still come?
house repeats-name | Is it Marrow Close or another road?
house repeats-name | What do you know about Larkspur Lets?
house repeats-name | Do people call him Dozer?
house repeats-identifier | Was ZZ 99 ZZZ there?
house repeats-identifier | Do you see ZZ99 there often?
house repeats-identifier | Is BS99 1AA right?
house repeats-identifier | Does he use 07700900417?
house repeats-identifier | Company 99000017 is not known to us.
house repeats-category | Thank you for your report of an unlawful shared house.
house repeats-category | Who is the landlord?
house repeats-narrative | How many bedsits are there?
house repeats-narrative | Do they pay in cash?
house repeats-narrative | Were twelve there last week too?
house repeats-narrative | Are the smoke alarms back?
house repeats-narrative | Is number 14 still like this?
line repeats-name | Is it Flat 6?
line repeats-name | Are they still at osier court?
line repeats-name | Do you mean the Snapchat page?
line repeats-identifier | Is @Bramble_247 still open?
line repeats-identifier | Is the number 0044 7700 900288?
line repeats-identifier | Do you know the account 12-34-56 10203040?
line repeats-category | This sounds like a home takeover.
line repeats-category | Are they selling drugs?
line repeats-narrative | Does the lady still use a stick?
line repeats-narrative | Are there wraps?
tip repeats-name | A yw Plisgyn yno?
tip repeats-name | Ydych chi'n byw yng Nghwm Hesgog?
tip repeats-category | Diolch am adrodd am y gwastraff.
tip repeats-category | A yw'r llosgi yn parhau?
tip repeats-narrative | Ydy'r lorïau yn dod o hyd?
tip repeats-narrative | Ydy'r nant yn dal yn llwyd?
tip repeats-identifier | Ai LL99 2BB yw'r cod?
house - | Thank you, this was helpful.
house - | Are you safe where you are?
house - | Is somebody in danger right now?
house - | How long has this been going on?
house - | Do you know this first hand or from somebody else?
house - | Has anything changed since last month?
house - | Please do not go there or ask anyone.
house - | What makes you worried about it?
house - | We have closed your report, thank you.
house - | Somebody will read your answer next week.
house - | Do you need help in another language?
line - | Thank you for writing to us.
line - | Did this begin this year or earlier?
line - | Do you know of anyone who needs a doctor?
line - | Would it be safe for you if someone came?
line - | Is it worse at a particular time of day?
line - | You do not need to do anything else.
line - | Are you under 18? You can talk to Childline on 0800 1111.
line - | What you know already is enough.
line - | Call 999 if it is happening now.
tip - | Diolch am ysgrifennu atom.
tip - | Ydy hyn yn dal i ddigwydd?
tip - | Ai unwaith neu fwy nag unwaith y digwyddodd?
tip - | Ydych chi'n teimlo'n ddiogel?
tip - | Does dim angen i chi wneud dim mwy.
tip - | Byddwn yn darllen eich ateb yr wythnos nesaf.
`)

/** Written after the first lists, to be awkward: unusual wording, roundabout requests, look-alikes. Development, since. */
export const taskingAwkward: readonly Labelled[] = table(`
en tasking | Any chance of a snap of the door?
en tasking | A registration would be gold dust.
en tasking | We could do with knowing who turns up on Saturday.
en tasking | Perhaps your sister might have a word with him.
en tasking | Don't hesitate to pop round and check.
en tasking | Do not worry, just have a quick look through the window.
en tasking | Do you think you can get him talking about it?
en tasking | It would be great to have the name of the man.
en tasking | Leave your phone recording in the kitchen.
en tasking | Do carry on working there and let us know how it goes.
en tasking | Plaese find owt his name.
en tasking | Wait for them to finish and then look in the bins.
en tasking | Could you possibly establish whether the unit is still rented?
en tasking | Jot down plates when you walk the dog.
en tasking | Get yourself invited if you can.
en tasking | You are well placed to tell us more each week.
cy tasking | Beth am gael cipolwg drwy'r ffenest?
cy tasking | Byddai llun yn help mawr.
cy tasking | Cofiwch gymryd rhif y car.
cy tasking | Allwch chi holi'r bachgen am yr arian?
en - | Please take care when you read this at home.
en - | We will keep an eye on this mailbox.
en - | The council will check the building.
en - | You asked us to find out whether it was safe: it is.
en - | Did you go back after that day?
en - | Had you asked anyone before you wrote to us?
en - | Nothing more is needed; please leave it to us.
en - | Do you keep this page open where others could look at it?
en - | If you see someone being hurt, call 999.
en - | Did anyone take photos of you?
en - | Is there a note of this anywhere that others could find?
en - | Please do not, under any circumstances, approach them.
en - | It is not your job to watch them.
en - | Officers will go round this week.
en - | Did they follow you?
en - | When you wrote, were you sure of the day?
cy - | Bydd swyddogion yn mynd yno yr wythnos hon.
cy - | Wnaethon nhw eich dilyn chi?
cy - | Nid eich gwaith chi yw gwylio neb.
cy - | Ydych chi'n cofio ym mha fis oedd hyn?
`)

export const signsAwkward: readonly Labelled[] = table(`
en under-18 | got double maths tmrw so cant talk
en under-18 | my dad would go mental if he knew i wrote this
en under-18 | the lads in the year above me carry it
en under-18 | I am not old enough to drive yet
en under-18 | im yr 8
en under-18 | miss says i should report it
en under-18 | I'm fourteen, nearly fifteen
en under-18 | my big brother is 18 and I am two years younger
en relationship | him and me go way back
en relationship | we share a bed so I see what he has
en relationship | I do his books and the cash never adds up
en relationship | Her kids play with mine and she talks a lot.
en relationship | He was drunk and told me everything.
en relationship | My partner's mate runs it
en ongoing | I am having a drink with the two of them on Thursday, more after that
en ongoing | give me a week and I'll have the address
en ongoing | I could easily get into his phone
en ongoing | He rings me most nights to moan about it.
en ongoing | Leave it with me.
cy under-18 | Dwi yn yr un dosbarth â'i chwaer.
cy relationship | Ni'n nabod ein gilydd ers blynyddoedd, fe a fi.
cy ongoing | Mi af i draw nos Wener a gweld.
en - | He is in year 10 I believe.
en - | I used to go to that school forty years ago.
en - | My children are grown up.
en - | He has three brothers.
en - | I only know what I wrote.
en - | The bus stops outside the college.
en - | The dog barks all the time.
en - | It happened again on Sunday.
en - | There were more of them this time, six or seven.
en - | I would rather not say.
en - | The landlord told the tenants to leave.
en - | I am 71.
en - | Will this be kept secret?
en - | I can't remember.
en - | They asked the old man for his pin.
en - | I see the lights from the road.
en - | A teenager, perhaps 15, opened the door.
en - | I walked past once.
cy - | Bachgen tua 15 oed agorodd y drws.
cy - | Digwyddodd eto ddydd Sul.
cy - | Dw i'n 70 oed.
cy - | Alla i ddim cofio.
`)

export const repeatsAwkward: readonly Labelled[] = table(`
house repeats-name | Do you know what D. Vex does for work?
house repeats-name | Is dorin's cousin also there?
house repeats-name | Has Larkspur-Lets been in touch?
house repeats-identifier | Is Z Z 9 9 Z Z Z the car you meant?
house repeats-identifier | Is the number ending 900417 still right?
house repeats-identifier | Is it in the BS99 area?
house repeats-category | Is the HMO licensed?
house repeats-narrative | Does the collector come at the end of each week, on Friday?
house repeats-narrative | Do they still sleep on the floor?
house repeats-narrative | Have the alarms been put back?
line repeats-name | Was that number six, Osier Court?
line repeats-identifier | Is bramble 247 an account you have seen?
line repeats-category | Are drug runners still there?
line repeats-narrative | Has the tenant with the walking stick been seen?
line repeats-narrative | Did the two lads come from far away?
tip repeats-name | Ai Mr Plisgyn agorodd y lle?
tip repeats-name | Ai yn y Gwm Hesgog y mae?
tip repeats-narrative | A oes rwbel yno o hyd?
tip repeats-narrative | Ai bob nos Fawrth mae hyn?
tip repeats-category | A oes sbwriel yno o hyd?
house - | Are you all right?
house - | Did you write to anyone else about this?
house - | Is there a child or a vulnerable adult whom you are worried about?
house - | We may not be able to answer quickly.
house - | Please tell us if you feel threatened.
house - | Were you told this, or did you work it out?
house - | Do you think it will get worse soon?
line - | How confident are you?
line - | Could the people concerned know that you wrote?
line - | Our office is closed until Monday.
line - | Please keep your receipt somewhere safe.
line - | Were you there, or did you hear about it?
line - | Do you have any injuries?
line - | May we pass on what you told us to another agency?
tip - | Ydych chi'n iawn?
tip - | A gawn ni rannu hyn ag eraill?
tip - | Nid yw'r swyddfa ar agor heddiw.
tip - | A ddywedodd rhywun wrthych, neu a welsoch chi?
tip - | Ysgrifennwch dim ond os ydych chi eisiau.
tip - | Cadwch eich derbynneb yn ddiogel.
`)

/** Written last, after which no list was changed. */
export const taskingBlind: readonly Labelled[] = table(`
en tasking | Please could you check if the shutter is up in the mornings?
en tasking | When you next speak to your neighbour, ask what she saw.
en tasking | It would be good to know who holds the keys.
en tasking | Could you note the times for us over the next fortnight?
en tasking | If you manage to get a picture, upload it here.
en tasking | Tell us whenever the white lorry shows up.
en tasking | Are you able to get a look at the labels?
en tasking | Hang around after closing time and see who comes.
en tasking | Could someone you know buy a packet?
en tasking | We would like you to stay close to him.
en tasking | Send a photo if you can do it safely.
en tasking | What is his surname? If you do not know it, try to learn it.
en tasking | Would you mind walking past on your way home?
en tasking | Please monitor the page and forward new posts.
en tasking | Can you keep chatting to them online for a bit longer?
cy tasking | Allwch chi gadw llygad ar y siop?
cy tasking | Pan fyddwch chi yno nesaf, edrychwch yn y cefn.
cy tasking | Anfonwch lun os gallwch chi.
cy tasking | Ceisiwch ddarganfod ble maen nhw'n byw.
en - | Thank you for taking the time to write.
en - | Did you hear this from somebody else?
en - | About how many times has it happened?
en - | Are there children in the building?
en - | Please leave it to the agencies now.
en - | Please don't try to find out more.
en - | Do not put yourself in danger by going there.
en - | We have asked the council to visit.
en - | Do you feel safe at home?
en - | Is there a day on which it would be safer for you to read our message?
en - | Were the windows covered when you saw it?
en - | Did you recognise anyone?
en - | Which of the two entrances did you mean?
en - | We are closing your report because it was already known.
en - | You told us enough, thank you.
en - | Stay away from them, please.
cy - | Oeddech chi yno eich hun?
cy - | Peidiwch â cheisio darganfod mwy.
cy - | Rydym wedi gofyn i'r cyngor ymweld.
cy - | Sut wnaethoch chi glywed am hyn?
`)

export const signsBlind: readonly Labelled[] = table(`
en under-18 | I am 13 years old.
en under-18 | I don't want my mum finding out because I am only 15
en under-18 | They wait outside my school at half three
en under-18 | there is a girl in my year who does it for them
en under-18 | I have to be in bed by nine so I can't see after that
en under-18 | Our head of year did an assembly about it and gave us this link
en under-18 | i'm in sixth form and they come at lunch
en relationship | My uncle owns the place and he has told me what goes on.
en relationship | I used to go out with one of them.
en relationship | She is my friend and I am worried about her.
en relationship | I heard it from him directly.
en relationship | we work the same shift and he talks to me
en relationship | I was at her house when the parcel came.
en ongoing | I asked him again on Monday, he says the next load is due Friday.
en ongoing | I will keep my eyes open and write again if I see anything.
en ongoing | If I can get a picture I will send it.
en ongoing | He told me some more last night.
en ongoing | Would it help if I went back and looked?
en ongoing | I'm seeing her tomorrow, I'll ask.
cy under-18 | Dw i'n dair ar ddeg oed.
cy relationship | Mae fy ewythr yn rhan o'r peth.
cy ongoing | Wna i ofyn iddi hi yfory.
en - | There is nothing else that I know.
en - | It was dark, so I did not see his face.
en - | The van was there for ten minutes.
en - | I think the shop closes at nine.
en - | He looked about 17 to me.
en - | It's the flat with the green door.
en - | The children are taken to school by a different man each day.
en - | I do not feel safe saying more.
en - | No, I was told by nobody.
en - | They have moved out I think.
en - | I saw two of them carrying boxes.
en - | That was in year 2019.
en - | It has been going on for about 12 weeks.
en - | Please do not come to my door.
en - | The smell is back.
en - | They told everyone at the meeting it was legal.
cy - | Mae tua deuddeg ohonyn nhw.
cy - | Does dim byd arall gen i.
cy - | Roedd hi'n dywyll.
cy - | Mae'r fan yno bob dydd.
`)

export const repeatsBlind: readonly Labelled[] = table(`
house repeats-name | Has Dorin moved out?
house repeats-name | Is it the Marrow Close house that you mean?
house repeats-identifier | Was the car with ZZ99 ZZZ on it there today?
house repeats-identifier | Have you ever rung 07700 900 417?
house repeats-category | You told us about property misuse.
house repeats-narrative | Did you see the chain yourself?
house repeats-narrative | Do about twelve of them still live there?
house repeats-narrative | Is the Passat silver or grey?
line repeats-name | Which floor of Osier Court is it on?
line repeats-identifier | Does bramble_247 still post?
line repeats-category | Do you think that this is cuckooing?
line repeats-narrative | Do they come on scooters or on foot?
line repeats-narrative | Has she lost more weight?
tip repeats-name | A oes rhywun heblaw Ifor Plisgyn yn agor y lle?
tip repeats-identifier | Ai LL99 2BB yw'r ardal?
tip repeats-narrative | Pa liw yw'r lorïau?
house - | Thank you, we have passed this on.
house - | Are there children among them?
house - | Would it be dangerous for you if somebody knew?
house - | How certain are you about the number of people?
house - | We may visit in the next few weeks.
house - | Was anyone ill or hurt?
line - | Do you know if she is safe?
line - | Has a doctor or social worker been told?
line - | What you wrote has been taken seriously.
line - | Did it start in the last few months?
line - | Is there more than one person who needs help?
line - | Please call 999 if she is in danger.
tip - | Diolch yn fawr, mae hyn wedi cael ei drosglwyddo.
tip - | A yw'n digwydd o hyd?
tip - | Oes perygl i bobl?
tip - | Sut ydych chi'n gwybod am hyn?
`)
