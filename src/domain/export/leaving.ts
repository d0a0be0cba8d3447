import type { Query } from '../../storage/pool.ts'
import { visibleAmong } from '../../storage/scan.ts'
import type { Viewer } from '../../storage/visibility.ts'
import type { Piece } from './pieces.ts'

/** What was written ahead, and when what is in it was read. */
export interface Written {
  pieces: readonly Piece[]
  readAt: number
}

/**
 * These pieces as the client takes them. Where what is known of them is older than `freshFor` milliseconds, it is asked
 * again which reports the viewer may see: lines of others, and of those that are no more, are left out.
 */
export async function* leaving(
  query: Query,
  viewer: Viewer,
  { pieces, readAt }: Written,
  freshFor: number,
): AsyncGenerator<Piece> {
  let knownAt = readAt
  let visible: ReadonlySet<string> | undefined
  for (const [place, piece] of pieces.entries()) {
    if (performance.now() - knownAt >= freshFor) {
      knownAt = performance.now()
      const left = pieces.slice(place).flatMap(({ lines }) => lines.map(({ id }) => id))
      visible = await visibleAmong(query, viewer, left)
    }
    yield visible === undefined ? piece : only(piece, visible)
  }
}

function only(piece: Piece, visible: ReadonlySet<string>): Piece {
  const lines = piece.lines.filter(({ id }) => visible.has(id))
  if (lines.length === piece.lines.length) return piece
  const kept: Uint8Array[] = []
  let at = 0
  for (const { id, bytes } of piece.lines) {
    if (visible.has(id)) kept.push(piece.bytes.subarray(at, at + bytes))
    at += bytes
  }
  return { bytes: Buffer.concat(kept), lines }
}
