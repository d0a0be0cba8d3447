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
