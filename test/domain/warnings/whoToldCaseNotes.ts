import type { Told } from './whoTold.ts'

/**
 * Sentences as case notes of housing, schools, health, charities, probation and licensing have them, all invented, and
 * written before the list was widened for such notes. Held out: who extends the list adds to `development`, never to these.
 */
export const caseNotes: Told = {
  telling: [
    // Housing
    'Tenant states that the flat above has been taken over by two men from the city.',
    'Tenants have reported strong smells coming from number 12.',
    'Ex-tenant says she was made to hand over her benefits each week.',
    'A leaseholder let our office know that the door has been reinforced.',
    'Neighbour disclosed to the housing officer that she counts the cars.',
    'Resident contacted the office to say that needles are left in the bin store.',
    'The housing officer was informed by a neighbour that the lock had been drilled.',
    // Schools
    'Pupil disclosed to her form tutor that her uncle sells vapes from the garage.',
    'YP told school staff that he is being asked to hold money.',
    'A Year 10 student told the safeguarding lead about the flat.',
    'A classmate told the head of year that he carries a blade.',
    'Mum rang school to say that an older lad waits by the gate.',
    'The disclosure was made by a child in the breakfast club.',
    'Parents have contacted the school about the man in the silver car.',
    // Health
    'Pt states that her landlord keeps all the passports.',
    'Patient disclosed during triage that she works nights in the cellar.',
    'She told the midwife that she may not leave the house alone.',
    'He told the ward sister where the tablets come from.',
    'A patient mentioned to the practice nurse that pills are sold in the car park.',
    'This was disclosed to the health visitor by the mother.',
    // Charities
    'SU states that he sleeps in the back of the takeaway.',
    'Service user reported that her wages are kept by the manager.',
    'One of the women at the refuge says the house is run by three brothers.',
    'Caller to the helpline stated that eleven people share two rooms.',
    'Beneficiary reports being driven to a different farm each week.',
    'A volunteer passed on to us what she had overheard.',
    'It was a guest at the night shelter who pointed out the van.',
    // Probation
    'Probationer disclosed that he had been offered a debt to be worked off.',
    'PoP states he was asked to mind a bag.',
    'He told his probation officer that the plates are swapped every week.',
    'Offender alleges that a man from the hostel supplies the pills.',
    // Licensing
    'A former employee told the licensing officer that the till is emptied before midnight.',
    'Ex-member of staff says the receipts are burned.',
    'A doorman let us know that the back room opens at two.',
    'A driver came forward with photographs of the ledger.',
    // How it is to be kept
    'Please keep his name out of it.',
    'He must not know that she spoke to us.',
    'Please do not reveal that this came from the school cook.',
    'Her identity must be protected.',
    'I got it from Danny.',
  ],
  innocent: [
    'The landlord said nothing and shut the door.',
    'Police told the neighbours to leave the building.',
    'He contacted a dealer from the phone box.',
    'The report states that the flat is empty.',
    'A sign told visitors to ring twice.',
    'The licence states that the bar closes at eleven.',
    'The tenant lets rooms by the night to men who pay in cash.',
    'The patient was wheeled out by two men and put in a van.',
    'A student carried a holdall into the garage and came out without it.',
    'The parents leave the child alone from Friday to Monday.',
    'The doctor at the clinic sells prescriptions for cash.',
    'Pupils pass the packets through the school fence at lunch.',
    'He told the boys to stay away from school until Monday.',
    'The owner contacted the tenants and demanded another deposit.',
    'The men passed the boxes on to a driver in a red lorry.',
    'She keeps her dogs out of sight behind the sheds.',
    'The sign in the office says that no visitors are allowed.',
    'The nurse takes tablets from the trolley and puts them in her bag.',
    'Teachers were told to stay inside until the police had left.',
    'Residents must not use the lift, says a note in the hall.',
    'The worker gets his wages from a man called Rudd.',
    'The manager told the bar staff to water the spirits.',
    'The website claims that the girls are new each week.',
    'The probation hostel has cars outside it all night.',
    'They told her to keep the money in the freezer.',
    'The customer pointed at a box and was handed two packets.',
  ],
}
