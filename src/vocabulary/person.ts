import type { StaffRole } from './roles.ts'

/** Somebody who has shown who they are. */
export interface Person {
  id: string
  name: string
  role: StaffRole
  agency: string | null
  /** When what they showed stops working. */
  expires: Date
}
