/**
 * Sentences that do or don't give their writer away, all invented, each with its language and the codes that
 * a careful reader would expect. `-` is innocent; `code?` would be fair but is not required.
 *
 * `development` was used to write the phrase lists. `heldOut` was written before them, `blind` after them, by
 * the same hand; neither was used to improve them. Who extends the lists adds sentences to `development` and
 * leaves the others alone.
 */
export type Labelled = {
  readonly language: string
  readonly required: readonly string[]
  readonly allowed: readonly string[]
  readonly text: string
}

function table(rows: string): Labelled[] {
  return rows
    .split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => {
      const bar = row.indexOf('|')
      const [language = '', ...codes] = row.slice(0, bar).trim().split(/\s+/)
      const named = codes.filter((code) => code !== '-')
      return {
        language,
        required: named.filter((code) => !code.endsWith('?')),
        allowed: named.map((code) => code.replace('?', '')),
        text: row.slice(bar + 1).trim(),
      }
    })
}

export const development: readonly Labelled[] = table(`
en kinship              | My brother is storing the boxes in his garage for them.
en kinship              | its my ex, he has started selling again from the flat
en kinship              | Our son came home with a new phone that nobody can explain.
en kinship proximity    | I used to go out with him so I know where the key is kept.
en kinship              | My step-dad keeps the money in the loft.
en kinship              | my sister-in-law lets them use the back room
en kinship              | my bro got asked to carry a bag 2 town for them
en kinship              | I'm married to the man who runs it.
en kinship              | An uncle of mine rents the unit to this gang.
en kinship              | My cousn drives the van on Thursdays.
en kinship              | Me mam has seen them at it an all.
en kinship              | We have a child together and he hides it in the pram.
en position             | I can see the yard from my bedroom window.
en position             | I live two doors down and the noise is constant.
en position uniqueness? | They park outside my house because I am on the corner.
en position             | The flat directly above mine is full of plants.
en position             | It is the place next door to me.
en position             | we live accross the road from the garages
en position             | my neighbour at the back has people in his shed all night
en position             | I am at number 6 and they use the alley beside it.
en position             | nxt door 2 me, cars all nite long
en position             | My doorbell camera caught the whole handover.
en position             | Since we moved in here last March there has been trouble.
en position             | The smell comes through our shared wall.
en position             | He deals at the end of our street.
en position             | You can watch them from where I sit on the balcony of the third floor.
en uniqueness           | Only I know where he hides the keys.
en uniqueness           | Nobody else saw the second car leave.
en uniqueness proximity? | He has told no one but me about the shipment.
en uniqueness           | I am the only person who has the code for the gate.
en uniqueness           | If you go round he will know it was me.
en uniqueness           | im the only 1 who ever complains about it
en uniqueness proximity? | There were only three of us in the room.
en uniqueness           | No-one apart from me goes in that store cupboard.
en own-contact          | You can call me on 07700 900123 after six.
en own-contact          | My email is sam.fielding@example.org if you need more.
en own-contact          | Contact me any time.
en own-contact          | text me 01632 960044
en own-contact          | My number's 07700 900 456, ask for the manager.
en own-contact          | Message me on insta and I will send the rest.
en proximity            | I work with him at the depot.
en proximity            | He told me there would be another delivery on Sunday.
en proximity            | I bought two bags from her last week.
en proximity            | I was there when they cut the lock.
en proximity            | It happens at my school behind the sports hall.
en proximity            | They always come in during my shift.
en proximity            | My boss pays everyone in cash and takes their papers.
en proximity            | he offered me 200 quid to use my bank account
en proximity            | I went to school with both of them.
en proximity            | she added me on snap and asked me for pics
en proximity            | I lent him my van and it came back smelling of petrol.
en proximity            | A mate of mine was there too.
en proximity            | I pass it every morning when I walk my dog.
en proximity            | My landlord has eight people in each room.
en own-name             | My name is Orla Fenwick and I want this stopped.
en own-name             | This is Tam speaking, I rang last week.
en own-name             | I am called Bryony.
en own-role             | I'm 14 and they want me to go to Harrowmere with a bag.
en own-role             | As a nurse I see the injuries.
en own-role             | I am his carer and I do his shopping.
en own-role             | i'm a taxi driver and pick up from there
en own-role             | We are foster parents of one of the boys.
en prior-report         | I have already complained to the council about the skip.
en prior-report         | I rang the police on Tuesday and nobody came.
en -                    | The suspect lives at 14 Marrow Close with his brother.
en -                    | Her ex has a key to the lock-up.
en -                    | He lives opposite the school.
en -                    | They got off the number 6 bus and walked to the flats.
en -                    | It is the only shop on Tanner's Rise that sells them.
en -                    | I saw two men carrying sacks into the unit.
en -                    | I think it is cocaine, but that is what I was told.
en -                    | Someone told me the van comes on Fridays.
en -                    | My phone was not involved.
en -                    | I don't know his surname.
en -                    | The man at number 9 sells vapes to children.
en -                    | A woman of about 40 collects them in a grey hatchback.
en -                    | People text 07700 900417 to order.
en -                    | His email is on the flyer: deals@example.net
en -                    | He calls himself Dex and works at a garage.
en -                    | She works as a nurse at the clinic.
en -                    | He said they would be back on Monday.
en -                    | In my opinion this is a front for something.
en -                    | The workers sleep in the storeroom and never go out.
en -                    | the lad is about 14 and comes by train
en -                    | I have seen the same car there most nights.
en -                    | I am worried that someone will get hurt.
en -                    | Please do something about this before it gets worse.
en -                    | The owner is the only one with a licence.
en -                    | There is a lorry outside number 12 each night.
en -                    | Her mother and her boyfriend run it together.
en -                    | The neighbours are frightened of him.
en -                    | They meet in front of the library, by the bins.
en -                    | I heard shouting and glass breaking.
en -                    | I am a bit scared to say more.
en -                    | To my knowledge there are three of them.
en -                    | The landlord, Larkspur Lets Ltd, lives abroad.
en -                    | He boasted online that nobody else could get that price.
en -                    | They keep the dogs in the yard behind the pub.
en -                    | He told the boys to keep quiet.
en -                    | No one knows where the money goes.
en -                    | The driver works nights at a warehouse in Brackwell.
en -                    | i reckon theyre selling fags 2 kids
en -                    | Contact the manager on 01632 960188 and he will sell you one.
en -                    | My concern is for the children in the house.
en -                    | I saw the handover from across the car park.
en -                    | I have read about this in the paper.
en -                    | They sell to anyone who rings the bell three times.
en -                    | Vans at number 19 come and go at night.
en -                    | His sister-in-law, who is a teacher, knows nothing about it.
en -                    | The victim told her friend and nobody else.
en -                    | We all know what is going on in that lay-by.
en -                    | I suspect the invoices are made up.
en -                    | Only cash is taken and only regulars get in.
en -                    | He lives in a tent behind the station.
en -                    | I understand that the goods come through a port.
en -                    | If you call at the side door they ask for a password.
en -                    | This is happening every Thursday around nine.
en -                    | Her name is Lotte Brindle and she is in charge.
en -                    | A man aged 40 to 50 with a limp opens the gate.
en -                    | he said its his uncles place so its fine
en -                    | I will not give any details of myself.
en -                    | The guard works a night shift and looks away.
en -                    | One of them was in the army, I believe.
en -                    | There are cameras on every window of the unit.
en -                    | I do not want to get anyone into trouble who has done nothing.
en -                    | He showed people a gun in the car park.
en -                    | The tenants pay him in cash and are told to keep away from windows.
en kinship              | I'm her daughter.
en position             | We share a landing with them.
en position             | I live above the takeaway.
en uniqueness           | I am the only tenant left in the block.
en kinship              | I'm his ex wife.
en uniqueness           | Please do not tell him I called.
en proximity            | I had an argument with him last week about it.
en position proximity?  | He knows where I live and he has my address.
en proximity            | I deliver parcels to the house.
en proximity            | I was in the car with them.
en proximity            | I attend the same mosque.
en proximity            | I sit next to him in maths.
en proximity            | I am one of his workers.
en own-role             | I'm a tenant of his.
en position             | I am in the flat below.
en position             | I can hear them through the wall.
en proximity            | hes my dealer
en position             | Us neighbours are all fed up.
en own-contact          | 07700 900111 is my number
en own-contact          | my snap is jaz_99
en own-contact          | you can email jaz.p@example.org, that's me
en proximity            | I do the accounts for them.
en uniqueness           | I only told one other person.
en uniqueness           | I was the last to leave that night.
en own-role             | Being his lodger I hear things.
en proximity            | i go to the same gym as him
en own-role             | im year 10
en own-name             | Kind regards, Sam
en own-name             | Thanks, Priya
en own-name             | I'm Danny
en -                    | I live in hope that someone acts.
en -                    | My view is that they launder money.
en -                    | I was in shock.
en -                    | Only the manager knows the code.
en -                    | He is on his mobile all day.
en -                    | Men arrive at number 12 and leave with bags.
en -                    | The man who lives at number 6 has a gun.
en -                    | He asked the girl to call him on 07700 900222.
en -                    | I only know him as Dex.
en -                    | I was told by a member of staff.
en -                    | I went past on the bus and saw a queue of lads.
en -                    | They said they will call me names.
en -                    | She's 14 and he's 32.
en -                    | They were 15.
en -                    | Nobody else sells it so cheap.
en kinship              | My brother-in-law asked me to keep quiet about the cigarettes in his attic.
en kinship              | hes my kids dad n he deals from the car wen hes got them
en kinship              | I found out because my wife does their books.
en kinship              | We were together four years and he never had a job.
en position             | They hold these parties in the basement of our building.
en position             | I only have to look out of the back bedroom to see them.
en position             | We're at number 31 so we get all the traffic.
en position             | The alley runs along the side of my garden.
en position             | I'm his landlady's next-door neighbour.
en position             | i live over the rd
en uniqueness           | There's nobody but me on that floor after five.
en uniqueness           | He'd guess it came from me.
en uniqueness           | Me and one other woman are the only ones with the password.
en uniqueness           | I've not mentioned this to a soul.
en own-contact          | My WhatsApp is 07700 900655, evenings best.
en own-contact          | Happy to talk, ring 01632 960311 and ask for me.
en own-contact          | pls email me bk
en proximity            | I temped there over Christmas and saw the invoices.
en proximity            | We were in the same regiment.
en proximity            | I got talking to her at the bus stop and she let slip about the girls.
en proximity            | I've been his customer for years.
en proximity            | he tried to sell me a stolen bike outside the gym
en proximity            | I coach the under-12s and one of the dads is doing it.
en proximity            | When I handed in my notice he threatened me.
en proximity            | They recruited me through a job advert and then took my passport.
en own-name             | Signed, Agnes Pell
en own-name             | its Kyle from the flats
en own-role             | im only 13 pls help
en own-role             | I am the parish clerk and the minutes are being altered.
en own-role             | I'm in a wheelchair so I am at the window most days.
en own-role             | Working as a bailiff you see a lot of things.
en prior-report         | I emailed the licensing team in May and got no answer.
en -                    | He parks a white van by the church on weekday mornings.
en -                    | The girls are driven away at about ten and brought back at dawn.
en -                    | I do not think they have a licence.
en -                    | A woman answering to Lotte takes the cash at the door.
en -                    | It looks as if six or seven men sleep in the shed.
en -                    | The number for orders is 07700 900733.
en -                    | Someone's uncle runs the yard, or so people say.
en -                    | He has told his neighbours that he is a builder.
en -                    | I saw on the news that this is a sign of slavery.
en -                    | They said on the site that you can call any time.
en -                    | The chef lives above the kitchen and is never seen outside.
en -                    | I guess she is around 30, with a scar.
en -                    | Two schoolboys get on at the last stop and hand over a bag to the driver.
en -                    | His daughter goes to the school opposite.
en -                    | There was blood on the steps outside number 4.
en -                    | It's the same lads every time.
en -                    | I would say they make thousands a week.
en -                    | nobody does anything about it
en -                    | The company's accountant quit and nobody else would sign.
en -                    | If I remember rightly it was a Tuesday.
en -                    | He bought the guns from a man in Brackwell.
en -                    | I can't be more exact about the time.
en kinship              | Please be discreet, my gran still thinks he is an angel.
en kinship proximity?   | I dated the owner's son last summer.
en position             | Our bin store backs on to their kitchen.
en position             | I'm in flat 3 and the deals are done outside flat 5.
en position             | Whenever I open the curtains there is someone on the step.
en uniqueness           | Apart from myself nobody has a reason to be in that corridor.
en uniqueness proximity? | He said he had never shown the gun to another living person, just me.
en own-contact          | DM me, same handle as on here.
en own-contact          | mob 07700 900388 if u need me
en proximity            | We share an allotment plot and he hides things in the water butt.
en proximity            | I serviced the van last month and found a false floor.
en proximity            | On Thursday's shift the foreman told us to say we were over 18.
en proximity            | she wanted me to hold a parcel for a week
en proximity            | He has never liked me since I refused to sign.
en own-name             | Cheers, Delyth
en own-role             | As one of the delivery drivers I see the stock come in.
en own-role             | I'm seventy-nine and do not sleep well, so I see it all.
en own-role             | I am studying at the college and live in halls.
en prior-report         | My MP has already written to you about this on my behalf.
en prior-report         | This is the third time I have had to report it.
en -                    | I think they bring the tablets in by boat.
en -                    | I do not feel safe giving more detail.
en -                    | I would guess there are twenty dogs.
en -                    | I could see a scale and bags on the table through the open door.
en -                    | I am writing about a car wash on Tanner's Rise.
en -                    | I want to stay anonymous.
en -                    | I've noticed that the lights are on all night.
en -                    | I have attached nothing because I have no pictures.
en -                    | I believe it would be dangerous to visit alone.
en -                    | What worries me is the age of the girls.
en -                    | I just want it to stop.
en -                    | I cannot tell you how often, but at least weekly.
en -                    | I was surprised that nobody checks their papers.
en -                    | It seems to me that the licence is a fake.
en -                    | We are talking about big sums here.
en -                    | My main worry is the fire risk.
en -                    | The staff told customers that it was duty free.
en -                    | A rumour reached the market that he is wanted.
en -                    | The woman said her passport was taken from her.
en -                    | They offered children sweets outside the arcade.
en -                    | I did not see his face.
en -                    | I'm sure about the number plate: ZZ21 CCD.
cy kinship              | Mae fy mrawd yn cadw'r bocsys yn ei garej.
cy kinship              | Fy nghefnder sy'n gyrru'r fan.
cy kinship              | Mae mam fi wedi gweld y cyfan.
cy kinship              | fy nghyn-ŵr sydd wrthi eto
cy kinship              | Mae fy ngwr yn gweithio iddyn nhw ac yn ofnus.
cy position             | Dw i'n byw gyferbyn â'r garej.
cy position             | Rwy'n byw yn rhif 6, drws nesaf iddo.
cy position             | Gallaf weld popeth o fy ffenest.
cy position             | dwin byw lawr y stryd
cy position             | Mae'r fflat uwchben fy fflat i yn llawn planhigion.
cy uniqueness           | Fi yw'r unig un sy'n cwyno.
cy uniqueness           | Dim ond fi sy'n gwybod am yr allwedd.
cy uniqueness           | Welodd neb arall y car.
cy own-contact          | Ffoniwch fi ar 07700 900123.
cy own-contact          | Fy e-bost yw mali@example.org
cy proximity            | Dw i'n gweithio gyda fe yn y ffatri.
cy proximity            | Roeddwn i yno pan ddigwyddodd y peth.
cy proximity            | Dywedodd e wrtha i fod rhagor yn dod.
cy proximity            | Mae'n digwydd yn fy ysgol i.
cy own-name             | Fy enw i yw Mabli Treharne.
cy own-role             | Dw i'n 14 oed ac mae arna i ofn.
cy own-role             | Fel nyrs rwy'n gweld yr anafiadau.
cy prior-report         | Dw i wedi cwyno i'r cyngor yn barod.
cy -                    | Mae ei frawd yn gyrru fan wen.
cy -                    | Maen nhw'n byw gyferbyn â'r ysgol.
cy -                    | Gwelais ddau ddyn yn cario sachau i'r uned.
cy -                    | Mae dyn o'r enw Ellis Crane yn ffonio pobl hŷn.
cy -                    | Dyma'r unig siop sy'n gwerthu'r rhain.
cy -                    | Daethon nhw oddi ar y bws rhif 6.
cy -                    | Mae gyrrwr yn casglu'r arian o'r tŷ yr un prynhawn.
cy -                    | Dw i'n meddwl mai cyffuriau ydyn nhw.
cy -                    | Mae arna i ofn y bydd rhywun yn cael niwed.
cy -                    | Mae'r perchennog yn gweithio yn y dref.
cy -                    | Clywais weiddi a gwydr yn torri.
cy -                    | Mae pobl yn tecstio 07700 900417 i archebu.
cy -                    | Dydw i ddim yn gwybod ei gyfenw.
cy -                    | Mae'r bechgyn tua 14 oed ac yn dod ar y trên.
cy -                    | Mae ei gyn-wraig yn cadw'r arian.
cy -                    | Gwelais y fan eto neithiwr.
cy -                    | Ffoniwch 07700 900417 ac fe ddaw rhywun â'r stwff.
cy -                    | Dim ond arian parod maen nhw'n ei dderbyn.
cy -                    | Nyrs yw ei fam, ond dyw hi ddim yn gwybod.
cy -                    | Mae'r ffenestri i gyd wedi'u gorchuddio.
cy -                    | Yn fy marn i dylai'r heddlu edrych ar hyn.
cy position             | Mae'n byw drws nesa i fi.
cy kinship              | Fi yw ei chwaer.
cy own-role             | Dw i'n 16.
cy own-contact          | E-bostiwch fi ar nia@example.org
cy position             | Mi welais i nhw o ffenest y llofft.
cy proximity            | Mi oeddwn i yn y car.
cy proximity            | Gofynnodd i mi gario bag.
cy own-role             | Nyrs ydw i.
cy position             | Mae nghymydog i'n delio.
cy proximity            | Mae o'n gweithio efo fi.
cy -                    | Mae'r dyn yn rhif 6 yn gwerthu cyffuriau.
cy -                    | Dw i'n poeni am y plant.
cy -                    | Dw i wedi gweld y fan yno.
cy -                    | Mae ei fam yn nyrs.
cy -                    | Fe welais i ddyn gyda chyllell.
cy -                    | Diolch yn fawr.
cy kinship              | Mab fi sy'n cael ei ddefnyddio i gario'r bagiau.
cy kinship              | Ro'n i'n arfer canlyn gydag e.
cy position             | Mae wal ein gardd ni yn ffinio â'r iard.
cy position             | Ni sy'n byw yn y fflat oddi tanyn nhw.
cy uniqueness           | Sneb ond fi wedi gweld y llyfrau.
cy own-contact          | Gadewch neges i fi ar 01632 960099.
cy proximity            | Fues i'n gweithio iddo am flwyddyn.
cy proximity            | Mae'r athro yn fy ngholeg i yn gwerthu cyffuriau.
cy proximity            | Cynigiodd o bres i mi am fy nghyfrif banc.
cy own-name             | Y enw ydi Deio, o'r siop.
cy own-role             | Dwi'n bymtheg oed.
cy prior-report         | Rydw i wedi ffonio'r cyngor droeon.
cy -                    | Mae dyn mewn cot goch yn casglu'r bagiau.
cy -                    | Mae'r gweithwyr yn edrych yn ofnus.
cy -                    | Dw i ddim yn cofio rhif y car.
cy -                    | Maen nhw'n gwerthu i blant ysgol.
cy -                    | Mae rhywun wedi bod yn llosgi gwastraff yn y cae.
cy -                    | Mae ganddi ddau o blant bach.
cy -                    | Roedd sŵn mawr yn dod o'r garej.
cy -                    | Mae ei gymdogion wedi cwyno amdano.
cy -                    | Welais i'r un peth wythnos diwethaf.
cy -                    | Mae'n gweithio mewn siop yn y dref.
cy kinship              | Mae fy mam-yng-nghyfraith yn cadw'r allweddi iddyn nhw.
cy position             | O'r ystafell wely rwy'n gweld pob car sy'n dod.
cy uniqueness           | Neb ond y fi sydd â'r cyfrinair.
cy own-contact          | Anfonwch e-bost ata i: cadi@example.org
cy proximity            | Fi oedd yn gyrru'r noson honno.
cy proximity            | Gweithiais i yno dros yr haf.
cy own-role             | Fi yw'r ysgrifenyddes yno.
cy own-name             | Fy enw llawn i yw Nest Pugh.
cy -                    | Dw i eisiau aros yn ddienw.
cy -                    | Dw i'n gobeithio y gwnewch chi rywbeth.
cy -                    | Mae'r dynion yn cario bocsys i'r cefn bob nos.
cy -                    | Yr hyn sy'n fy mhoeni yw oed y merched.
cy -                    | Mae cŵn yn cyfarth drwy'r nos.
cy -                    | Roedd gwaed ar y grisiau.
cy -                    | Dwi ddim yn gwybod pwy biau'r fan.
cy -                    | Cafodd y ferch ei bygwth gan ddau ddyn.
`)

export const heldOut: readonly Labelled[] = table(`
en kinship              | My husband has been laundering cash through the cafe.
en kinship              | It's my nephew who carries the parcels.
en kinship              | my mum's boyfriend keeps a gun under the stairs
en kinship              | I was married to her for nine years.
en kinship              | My late father's old partner, no wait, my dad's mate runs the whole thing.
en kinship              | They have got our daughter running errands for them.
en kinship proximity?   | hes my baby dad and he sells it from the car
en kinship              | My girlfreind says they pay in fake notes.
en kinship              | My half-sister was taken to a house in Brackwell.
en kinship              | We split up in June and since then he has been dealing openly.
en position             | The house directly opposite mine has men coming at all hours.
en position             | I've lived on this street for thirty years and never seen the like.
en position             | From my kitchen I can see them loading.
en position             | we r in the flat below them n hear everything
en position             | They dump it all at the bottom of my garden.
en position             | I own the house that backs on to the yard.
en position             | As I live at No. 22 I hear every engine.
en position             | My street is blocked by their vans each night.
en position             | He is our upstairs neighbour.
en position             | i stay in the next close along
en uniqueness           | Nobody knows this except me.
en uniqueness           | I was the only witness.
en uniqueness proximity? | She only told me, so please be careful.
en uniqueness           | They'd realise straight away who had talked, it could only be me.
en uniqueness proximity? | Just two of us have keys to that room.
en uniqueness           | No one else has ever reported it, only me.
en own-contact          | Reach me at pat.morrow@example.com
en own-contact          | ring me back on 01632 960210 pls
en own-contact          | My mobile is 07700 900877.
en own-contact          | You can get hold of me through my Facebook.
en own-contact          | drop me a line, tamsin (at) example.org
en proximity            | I've worked there for six months and seen it all.
en proximity            | She asked me to sign for the parcels.
en proximity            | I drove them there twice before I understood.
en proximity            | He's in my class and shows people the knife.
en proximity            | I overheard him on the phone in our office.
en proximity            | I gave him my card details and now the money is gone.
en proximity            | We play football together on Sundays.
en proximity            | I rent a room from the man who runs it.
en proximity            | he said to me u will get hurt if u talk
en proximity            | On my way to work I see them loading the truck.
en proximity            | My colleague takes the tablets out of the stock room.
en proximity            | I owe them money for stuff they fronted me.
en proximity            | I clean the offices there every evening.
en own-name             | my names Jaz btw
en own-name             | Yours faithfully, Enid Marlowe
en own-name             | You know me, I'm Gethin from the corner shop.
en own-role             | I'm a teacher at the primary and two pupils told us.
en own-role             | im 15 and scared
en own-role             | I am her social worker.
en own-role             | Being a postman, I see who lives where.
en own-role             | I'm eight months pregnant and can't leave.
en prior-report         | I reported this twice last year and have a crime reference.
en prior-report         | We've phoned 101 about them before.
en -                    | A grey van, ZZ19 AAB, waits by the bridge at dusk.
en -                    | His cousin keeps the books.
en -                    | The family at 3 Sedge Walk are being threatened by him.
en -                    | I noticed a strong smell of chemicals near the garages.
en -                    | The girl looked about 13 and was crying.
en -                    | It was said in the pub that they import them.
en -                    | You can find the adverts on chat.example under the name coach_pell.
en -                    | They told him to pay by Friday or lose his fingers.
en -                    | I believe the passports are kept in a safe.
en -                    | The number 42 tram stops right outside.
en -                    | He is the only man there with a beard.
en -                    | This has been going on for months.
en -                    | My guess is that six people live in two rooms.
en -                    | I would rather not say how I know.
en -                    | A neighbour of theirs complained and had her windows broken.
en -                    | He phones people and says he is from their bank.
en -                    | Call 07700 900417 and they deliver in ten minutes.
en -                    | The boss shouts at the workers and takes their wages.
en -                    | I could be wrong about the day.
en -                    | theyve got a dog in the yard, looks starved
en -                    | She told police nothing because she is afraid.
en -                    | The shop next door to the bakery sells tobacco under the counter.
en -                    | He was my suspicion from the start, given the cash.
en -                    | He lives with his mum above the chip shop.
en -                    | I didn't get the full number plate.
en -                    | Nobody has been to see the children in weeks.
en -                    | Their manager is a nurse who lost her licence.
en -                    | Deliveries come to number 31 after midnight.
en -                    | I hope this helps and that you can stop it.
en -                    | The older one, I am told, has been to prison.
en -                    | Two lads sat on the wall opposite the station with scales.
en -                    | the email they use is invoices@example.com and its fake
en -                    | He tells everyone that his brother is in the police.
en -                    | I'm not sure whether it is still happening.
en -                    | There is a hidden door behind the till.
en -                    | She is his carer and takes his pension.
en -                    | My understanding is that rent is paid in cash.
en -                    | Thanks for reading this.
en -                    | Boys on bikes arrive at school time and leave with packages.
en -                    | The suspect's name is Marlo Vint.
en -                    | I saw a boy hand over a rucksack on the platform.
en -                    | The street is full of cars with no tax.
en -                    | Rumour has it the gym sells steroids.
en -                    | They say only he has the combination.
en -                    | I can't say for certain who the driver was.
en -                    | My apologies for the length of this.
en -                    | It's common knowledge in the village that he poaches.
en -                    | The parents do not know she is talking to him online.
en -                    | Anyone walking past could see the plants.
en -                    | A lady in the queue said it was all stolen.
en -                    | He has worked at the depot for years and steals fuel.
en -                    | I did see a blue flame coming from the shed.
en -                    | Their flat is above the launderette.
en -                    | There is nobody else with that nickname in town.
en -                    | She emails customers from sales@example.net and never replies.
en -                    | It is at number 8, the one with the red gate.
en -                    | In my view the council should look at the licence.
en -                    | He owes money to a lot of people.
en -                    | i aint giving my name soz
en -                    | I was shocked by how young they were.
cy kinship              | Fy chwaer sy'n cael ei bygwth.
cy kinship              | Mae nhad yn prynu'r sigaréts ganddyn nhw.
cy kinship              | ma cariad fi yn gwerthu stwff
cy kinship              | Mae fy wncwl yn rhentu'r uned iddyn nhw.
cy position             | 'Dan ni'n byw drws nesa iddyn nhw.
cy position             | O'm cegin i rwy'n eu gweld yn llwytho'r lori.
cy position             | Maen nhw'n parcio tu allan i'n tŷ ni.
cy position             | Mae fy nghymydog yn tyfu canabis yn yr atig.
cy position             | Gyferbyn â fi mae'r tŷ, a dwi'n gweld pob dim.
cy uniqueness           | Fi ydi'r unig un welodd y gwn.
cy uniqueness           | Byddan nhw'n gwybod mai fi ddywedodd.
cy uniqueness           | does neb ond fi yn gwbod hyn
cy own-contact          | Cysylltwch â mi ar ebost: gwen@example.org
cy own-contact          | Fy rhif ffôn yw 01632 960077.
cy proximity            | Mi wnes i brynu peth ganddo fo.
cy proximity            | Rwy'n gweithio yno ers dwy flynedd.
cy proximity            | Wedodd e wrtho i am gadw'n dawel.
cy proximity            | Mae o yn yr un dosbarth â fi.
cy proximity            | Mae ffrind i mi yn gweithio yno hefyd.
cy own-name             | Gwenllian ydw i, diolch am wrando.
cy own-role             | Athrawes ydw i yn yr ysgol gynradd.
cy own-role             | rwyn 15 oed
cy prior-report         | Ffoniais i'r heddlu wythnos diwethaf.
cy -                    | Mae ei chwaer hi yn cadw'r llyfrau.
cy -                    | Mae'r fan yn aros wrth y bont bob nos.
cy -                    | Roedd y ferch yn edrych tua 13 oed.
cy -                    | Sylwais ar arogl cryf ger y garejis.
cy -                    | Mae'n byw gyda'i fam uwchben y siop sglodion.
cy -                    | Dw i ddim yn siŵr a yw'n dal i ddigwydd.
cy -                    | Mae drws cudd y tu ôl i'r til.
cy -                    | Maen nhw'n gweithio heb gyflog ac yn cysgu yn y stordy.
cy -                    | Dywedodd wrth y bechgyn am gadw'n dawel.
cy -                    | Ef yw'r unig ddyn yno sydd â thrwydded.
cy -                    | Rwy'n credu bod y pasbortau mewn sêff.
cy -                    | Gobeithio bod hyn o gymorth i chi.
cy -                    | Mae tŷ rhif 31 yn cael parseli ganol nos.
cy -                    | Maen nhw'n dweud wrth bawb bod y cwrw yn rhad.
cy -                    | Ei enw yw Ellis Crane, hyd y gwn i.
cy -                    | Mae'r cymdogion i gyd yn ei ofni.
cy -                    | Welais i neb yn mynd i mewn.
cy -                    | Does neb wedi gweld y plant ers wythnosau.
cy -                    | Mae hyn yn digwydd bob nos Iau.
cy -                    | Mae e'n gweithio fel gyrrwr i gwmni mawr.
`)

export const blind: readonly Labelled[] = table(`
en kinship              | He is my granddaughter's boyfriend and he frightens us.
en kinship              | since the divorce he keeps the guns at his mums
en position             | The fumes come into our nursery when the wind is wrong.
en position             | It is the unit next to ours.
en position             | There are only four houses here and mine is the end one.
en uniqueness           | Please don't mention the blue folder, I'm the only person he showed it to.
en uniqueness           | If this gets out they would have me down as the grass.
en own-contact          | Leave a message for me on 01632 960402.
en own-contact          | u can snap me, jd_harrow
en proximity            | I was offered a job there and they asked for my passport.
en proximity            | He came round last night wanting his money back off me.
en proximity            | We used to drink with that crowd.
en proximity            | I got a lift home from one of them and there was a machete in the boot.
en proximity            | My tutor saw it as well.
en proximity            | Having audited the accounts I can say the stock does not exist.
en own-name             | this is beth btw
en own-role             | I've been a postie on that round for ten years.
en own-role             | In my job as a vet I was shown a badger-baiting dog.
en own-role             | I am in year 9 and it is happening at break.
en prior-report         | I told a PCSO about this in the spring.
en -                    | I saw the same thing again on Friday.
en -                    | I am not certain, but the van may be stolen.
en -                    | I would describe him as tall with a shaved head.
en -                    | I never saw the driver.
en -                    | I don't want to say where this comes from.
en -                    | I am hoping the police can look into it.
en -                    | He made her hand over her wages.
en -                    | The boy told his teacher that he was made to carry drugs.
en -                    | A man in the shop told everyone it was fake.
en -                    | They were selling out of a white van at the market.
en -                    | This is about the house with the green door on Sedge Walk.
en -                    | I think my information is good but cannot prove it.
en -                    | The lad's mother has no idea.
en -                    | I smelt petrol near the bins.
en -                    | We should not have to put up with this.
en -                    | It is an open secret that he lends money at huge rates.
en -                    | I also heard that they have a second site.
en -                    | i dont want any trouble
en -                    | Two of them had knives.
en -                    | I suspect he is their banker.
cy kinship              | Mae nith i mi yn mynd gyda nhw ar y trên.
cy position             | Rydyn ni'n byw reit gyferbyn.
cy proximity            | Mae'r rheolwr wedi cymryd fy mhasbort.
cy proximity            | Buon ni'n yfed gyda nhw nos Sadwrn.
cy own-contact          | Ffoniwch fi gyda'r nos.
cy own-role             | Rwy'n ofalwr iddo.
cy own-name             | Diolch, Eirlys
cy prior-report         | Rwyf wedi cwyno droeon.
cy -                    | Gwelais yr un fan eto ddydd Gwener.
cy -                    | Dw i ddim yn siŵr pwy yw'r gyrrwr.
cy -                    | Fe wnaeth e iddi roi ei chyflog iddo.
cy -                    | Rwy'n amau bod y nwyddau'n ffug.
cy -                    | Does dim trwydded ganddyn nhw.
cy -                    | Dywedodd dyn yn y dafarn eu bod nhw'n rhad.
cy -                    | Mae mam y bachgen yn poeni.
cy -                    | Hoffwn i aros yn ddienw.
`)
