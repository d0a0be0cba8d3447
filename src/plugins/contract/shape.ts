import { markBinary } from './bodies.ts'
import { byName, type Contract } from './document.ts'
import { nameEnums } from './enums.ts'
import { tellLimits } from './limits.ts'
import { nameInFull } from './names.ts'
import { completeParameters } from './parameters.ts'
import { readWithoutFlag } from './patterns.ts'
import { shareRepeated } from './shared.ts'
import { tagByResource } from './tags.ts'
import { mapUnions } from './unions.ts'

/**
 * Gives the generated document the shape that people read and generators like. All that a schema of the code cannot
 * say, because Ajv does not know it or because it would stand in every route, is said here, for every call alike.
 */
export function shapeContract(document: Contract): void {
  // Sorted at once, so that no step can depend on the order in which a program happens to load the schemas.
  document.components.schemas = byName(document.components.schemas)
  nameInFull(document)
  tagByResource(document)
  markBinary(document)
  readWithoutFlag(document)
  tellLimits(document)
  nameEnums(document)
  mapUnions(document)
  completeParameters(document)
  shareRepeated(document)
  document.components.schemas = byName(document.components.schemas)
}
