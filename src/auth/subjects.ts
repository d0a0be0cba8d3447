import { randomUUID } from 'node:crypto'
import { activeSecret, type Keyring, secretsOf } from '../crypto/keyring.ts'
import { macSubject, subjectMacMatches } from '../crypto/subject.ts'
import type { Pool, Query } from '../storage/pool.ts'
import {
  addSubjectAsPerson,
  findSubject,
  listSubjects,
  mapSubject,
  noteStanding,
  revokeSubjectsOf,
  type SubjectKey,
  type SubjectRow,
} from '../storage/staffSubjects.ts'
import type { Person } from '../vocabulary/person.ts'
import { isStaffRole, type StaffRole } from '../vocabulary/roles.ts'
import type { Standing } from './claims.ts'
import { personCalled } from './people.ts'

type Identity = Pick<Person, 'id' | 'name'>

export interface NewMapping extends SubjectKey {
  name: string
  distinctFrom?: string | undefined
}

export interface ListedSubject extends SubjectKey, Identity {
  /** As their last token had it; null until one is seen. */
  role: StaffRole | null
  agency: string | null
  state: 'good' | 'revoked' | 'forged'
}

/** Who the subjects of an OIDC issuer are here. Identity is issuer and subject: e-mail addresses get new owners. */
export function oidcSubjects(pool: Pool<'sotto_triage'>, keyring: Keyring, clock: () => Date) {
  const isGenuine = (row: SubjectRow) =>
    secretsOf(keyring, 'token').some((secret) => subjectMacMatches(secret, row, row.mac))
  const authentic = (claims: SubjectKey & { personId: string; name: string }) => ({
    ...claims,
    mac: macSubject(activeSecret(keyring, 'token'), claims),
  })

  async function addAsPerson(key: SubjectKey): Promise<SubjectRow | undefined> {
    await addSubjectAsPerson(pool, authentic({ ...key, personId: randomUUID(), name: ownNameOf(key) }))
    // Whoever added it: another instance may have seen the subject in the same moment.
    return findSubject(pool, key)
  }

  return {
    /**
     * The person a subject is: whom it was mapped to, or one of its own from its first sight. Nobody if it was
     * revoked, if its row was not written under this keyring, or if its own name is somebody's already.
     */
    async personOf(issuer: string, subject: string, standing: Standing): Promise<Identity | undefined> {
      const key = { issuer, subject }
      if (!isSubject(subject)) return undefined
      const row = (await findSubject(pool, key)) ?? (await addAsPerson(key))
      if (row === undefined || row.revokedAt !== null || !isGenuine(row)) return undefined
      const { role, agency } = standing
      if (row.role !== role || row.agency !== agency) await noteStanding(pool, key, standing)
      return { id: row.personId, name: row.name }
    },

    /**
     * Says that a subject is the person of this name, who is new if nobody has it. Lifts a revocation. Throws
     * NameInDoubt.
     */
    async map(
      query: Query,
      { issuer, subject, name: given, distinctFrom }: NewMapping,
    ): Promise<Identity & { isNew: boolean }> {
      const { id: personId, name, isNew } = await personCalled(query, given, distinctFrom)
      await mapSubject(query, authentic({ issuer, subject, personId, name }))
      return { id: personId, name, isNew }
    },

    /** Every subject that was mapped or seen, and whether it is let in. */
    async list(): Promise<ListedSubject[]> {
      const rows = await listSubjects(pool)
      return rows.map((row) => {
        const { issuer, subject, personId: id, name, role, agency } = row
        const state = row.revokedAt === null ? 'good' : 'revoked'
        const known = role !== null && isStaffRole(role) ? role : null
        return { issuer, subject, id, name, role: known, agency, state: isGenuine(row) ? state : 'forged' }
      })
    },

    /** Refuses all subjects of these people, at once for every instance. */
    revoke: (query: Query, personIds: readonly string[]): Promise<number> =>
      revokeSubjectsOf(query, personIds, clock()),
  }
}

export type OidcSubjects = ReturnType<typeof oidcSubjects>

/** OpenID Connect Core: at most 255 ASCII characters. Spaces at its ends would be lost on people. */
export function isSubject(text: string): boolean {
  return /^(?! )[ -~]{1,255}(?<! )$/.test(text)
}

/** What an unmapped subject is called: unlike any other's name, since it holds all that identifies it. */
function ownNameOf({ issuer, subject }: SubjectKey): string {
  return `${subject}@${issuer.replace(/^https?:\/\//, '')}`
}
