import type { CategorySlug } from '../../../vocabulary/categories/categories.ts'

/** Words that tell what a report is about, in English and Welsh, beside the names of category and sub-types. */
export const categoryWords: Readonly<Record<CategorySlug, string>> = {
  'drug-trafficking':
    'drug drugs dealer dealers dealing supplying cannabis cocaine heroin crack weed pills cyffuriau cyffur deliwr delio canabis',
  'county-lines':
    'drug drugs dealer dealing runner runners exploited exploitation takeover cyffuriau llinellau ecsbloetio camfanteisio',
  'human-trafficking': 'trafficked trafficker smuggling smuggler victims masnachu masnach smyglo dioddefwyr',
  'modern-slavery':
    'slave slaves slavery forced exploited exploitation caethwas caethwasiaeth gorfodi camfanteisio',
  'child-sexual-exploitation':
    'sexual sex grooming groomed abuse abused abuser exploited indecent rhywiol rhyw cam-drin camdrin paratoi anweddus',
  'theft-robbery':
    'theft thief thieves stolen steal stole robbery robbed burglary burglar lladrad lleidr dwyn lladron byrgleriaeth',
  'fraud-financial-crime':
    'fraud fraudster scam scams money laundering loan loans tax bribe bribery twyll twyllwr arian treth benthyciad',
  'firearms-weapons':
    'gun guns firearm firearms weapon weapons knife knives machete ammunition explosives gwn gynnau arf arfau cyllell cyllyll',
  'counterfeit-illicit-goods':
    'counterfeit fake fakes illicit tobacco cigarettes vapes vape alcohol medicines goods ffug tybaco sigarennau feps nwyddau',
  cybercrime: 'cyber hacker hackers hacking hacked ransomware malware seiber haciwr hacio',
  'property-misuse': 'property landlord hmo brothel tenants tenancy eiddo landlord puteindy tenantiaid',
  'illegal-venue': 'unlicensed licence license venue gambling taxi drwydded trwydded gamblo tacsi',
  'environmental-crime':
    'waste dumping tipping rubbish pollution burning gwastraff sbwriel llygredd tipio llosgi',
  'antisocial-behaviour': 'antisocial nuisance noise intimidation noisy gwrthgymdeithasol swn niwsans',
  'other-serious-crime':
    'corruption corrupt terrorism terrorist terror kidnap kidnapping extortion blackmail smuggling wildlife organised llygredd terfysgaeth herwgipio',
}
