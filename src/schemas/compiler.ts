import { Ajv, type Options } from 'ajv'
import { isCalendarDay, isDateOrTime } from '../domain/calendar.ts'
import { components } from './component.ts'

/** Bodies are taken as they are: nothing is coerced, removed or filled in. */
export const strict: Options = {
  allErrors: true,
  coerceTypes: false,
  discriminator: true,
  removeAdditional: false,
  useDefaults: false,
}

/** An Ajv that knows the named schemas and Sotto's formats. */
export function compiler(options: Options = strict): Ajv {
  const ajv = new Ajv({ ...options, strictTypes: false, allowUnionTypes: true })
  // As ids are given out: no urn:, braces or capitals, which Postgres or the audit trail would read otherwise.
  ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  ajv.addFormat('date', isCalendarDay)
  ajv.addFormat('date-or-time', isDateOrTime)
  ajv.addFormat('date-time', true)
  ajv.addKeyword({ keyword: 'example', schemaType: ['string', 'number', 'object', 'array', 'boolean'] })
  for (const schema of components) ajv.addSchema(schema)
  return ajv
}
