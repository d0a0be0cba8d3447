import { Head, Shown, Table } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useLoaded } from '../../state/loaded.ts'
import { namesOf, plain, timeOf, words } from '../../state/words.ts'

const { staff: texts } = words

/** Everybody who gets in. Tokens are made and taken back at the command line alone. */
export function Staff() {
  const staff = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/staff')
    return body.items
  }, [])
  return (
    <>
      <Head title={texts.title} about={texts.about} />
      <Shown of={staff}>
        {(items) => (
          <Table
            caption={texts.title}
            rows={items}
            keyOf={({ id, role }) => `${id} ${role}`}
            columns={[
              { name: texts.name, cell: ({ name }) => name },
              { name: texts.role, cell: ({ role }) => namesOf.role[role] },
              { name: texts.agency, cell: ({ agency }) => (agency === null ? '–' : plain(agency)) },
              { name: texts.expires, cell: ({ expires }) => (expires ? timeOf(expires) : texts.byLogin) },
            ]}
          />
        )}
      </Shown>
    </>
  )
}
