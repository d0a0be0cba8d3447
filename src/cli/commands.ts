import { addAgency } from './agency/add.ts'
import { listAgencies } from './agency/list.ts'
import { auditHead } from './audit/head.ts'
import { verifyAudit } from './audit/verify.ts'
import { doctor } from './doctor.ts'
import { activateKey } from './keys/activate.ts'
import { checkKeys } from './keys/check.ts'
import { destroyKey } from './keys/destroy.ts'
import { initKeys } from './keys/init.ts'
import { listKeys } from './keys/list.ts'
import { newKey } from './keys/new.ts'
import { publicKeys } from './keys/public.ts'
import { recoverKeys } from './keys/recover.ts'
import { retireKey } from './keys/retire.ts'
import { rewrapKeys } from './keys/rewrap.ts'
import { migrate } from './migrate.ts'
import { mix } from './mix.ts'
import { open } from './open.ts'
import { openapi } from './openapi.ts'
import { purge } from './purge.ts'
import { serve } from './serve.ts'
import { addStaff } from './staff/add.ts'
import { explainToken } from './staff/explainToken.ts'
import { listStaff } from './staff/list.ts'
import { mapStaff } from './staff/map.ts'
import { revokeStaff } from './staff/revoke.ts'

/** Every command, in the order of the help. */
export const commands = [
  serve,
  migrate,
  doctor,
  initKeys,
  publicKeys,
  newKey,
  listKeys,
  checkKeys,
  recoverKeys,
  activateKey,
  retireKey,
  rewrapKeys,
  destroyKey,
  addStaff,
  listStaff,
  mapStaff,
  revokeStaff,
  explainToken,
  addAgency,
  listAgencies,
  mix,
  open,
  purge,
  verifyAudit,
  auditHead,
  openapi,
]
