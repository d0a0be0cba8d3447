import type { Pool } from '../../storage/pool.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { type ReportEntities, reportEntities } from '../links/entities.ts'
import { type ReportLinks, reportLinks } from '../links/links.ts'
import { type WatchList, watchList } from '../links/watchList.ts'
import { type AgencyRegister, agencyRegister } from './agencies.ts'
import { type Disseminations, disseminations } from './disseminations.ts'
import { type PartnerDesk, partnerDesk } from './partner.ts'
import { type ReportOutcomes, reportOutcomes } from './reportOutcomes.ts'

/** What goes to other agencies, and what comes back. */
export interface Sharing {
  agencies: AgencyRegister
  disseminations: Disseminations
  outcomes: ReportOutcomes
  desk: PartnerDesk
  links: ReportLinks
  entities: ReportEntities
  watched: WatchList
}

/** Staff's part acts as triage; a partner's part acts as the partner role, which sees one agency's rows. */
export function createSharing(deps: TriageDeps, partnerPool: Pool<'sotto_partner'>): Sharing {
  const { keyring, audit, clock } = deps
  return {
    agencies: agencyRegister(deps),
    disseminations: disseminations(deps),
    outcomes: reportOutcomes(deps),
    links: reportLinks(deps),
    entities: reportEntities(deps),
    watched: watchList(deps),
    desk: partnerDesk({ pool: partnerPool, keyring, audit, clock }),
  }
}
