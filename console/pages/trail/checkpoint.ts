import { api } from '../../state/api.ts'

export type Verdict = 'signed' | 'within' | 'unsigned' | 'keptUnsigned' | 'broken'

interface Head {
  size: number
  hash: string
}

/**
 * Whether the head is signed by the key that it names, and whether one that was kept earlier lies within the trail: then
 * nothing up to it was changed since. The form is that of signed notes (c2sp.org/signed-note).
 */
export async function checkHead(checkpoint: string, verifierKey: string, kept: string): Promise<Verdict> {
  const now = await openNote(checkpoint, verifierKey)
  if (now === undefined) return 'unsigned'
  if (kept.trim() === '') return 'signed'
  const before = await openNote(`${kept.trim()}\n`, verifierKey)
  if (before === undefined) return 'keptUnsigned'
  if (before.size === 0) return 'within'
  const { body } = await api.get('/v1/triage/audit', {
    query: { after: before.size - 1, order: 'asc', limit: 1 },
  })
  const record = body.items[0]
  return record?.seq === before.size && record.hash === before.hash ? 'within' : 'broken'
}

async function openNote(note: string, verifierKey: string): Promise<Head | undefined> {
  const [, name = '', keyId = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(verifierKey) ?? []
  const end = note.lastIndexOf('\n\n')
  const text = note.slice(0, end + 1)
  const line = note
    .slice(end + 2)
    .split('\n')
    .find((one) => one.startsWith(`— ${name} `))
  if (end < 0 || line === undefined) return undefined
  try {
    const signed = bytesOf(line.split(' ').at(-1) ?? '')
    if (hexOf(signed.subarray(0, 4)) !== keyId) return undefined
    const key = await crypto.subtle.importKey('raw', bytesOf(encoded).slice(1), 'Ed25519', false, ['verify'])
    const isGood = await crypto.subtle.verify('Ed25519', key, signed.slice(4), new TextEncoder().encode(text))
    const [, size = '', hash = ''] = text.split('\n')
    return isGood ? { size: Number(size), hash: hexOf(bytesOf(hash)) } : undefined
  } catch {
    return undefined
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
