import { command } from '../command.ts'
import { table } from '../table.ts'
import { withAgencies } from './register.ts'

/** `sotto agency list`: who products can go to. */
export const listAgencies = command({
  name: 'agency list',
  about: 'Show the agencies, and who can open what goes to each.',
  more: '',
  parameters: {},
  example: 'sotto agency list',
  async run() {
    const agencies = await withAgencies((register) => register.list())
    const rows = agencies.map(({ slug, name, retired, kind, keyHeldBy }) => [
      slug,
      name,
      kind === 'provider' ? 'provider' : (keyHeldBy ?? 'no key'),
      retired ? 'retired' : '',
    ])
    return { text: table(['SLUG', 'NAME', 'KEY HELD BY', ''], rows), json: { agencies } }
  },
})
