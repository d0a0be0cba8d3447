/**
 * The suites that things are sealed in, by their HPKE numbers (RFC 9180; the hybrid of ML-KEM-768 and X25519 is 0x647a).
 * A key has one: whoever knows the key knows the suite, and no other is tried.
 */
export const suites = {
  x25519: { ids: { kem: 0x0020, kdf: 0x0001, aead: 0x0002 }, publicKeyBytes: 32 },
  'mlkem768-x25519': { ids: { kem: 0x647a, kdf: 0x0001, aead: 0x0002 }, publicKeyBytes: 1216 },
} as const

export type SuiteName = keyof typeof suites

export const suiteNames = ['x25519', 'mlkem768-x25519'] as const satisfies readonly SuiteName[]

export function isSuiteName(text: string): text is SuiteName {
  return suiteNames.some((name) => name === text)
}

/** The suite of a public key: no two have keys of one length. Throws where no suite has such keys. */
export function suiteOf(publicKey: Uint8Array): SuiteName {
  const name = suiteNames.find((one) => suites[one].publicKeyBytes === publicKey.length)
  if (name === undefined) throw new TypeError('no suite has public keys of this length')
  return name
}

/** The suite with these numbers; undefined where none has all three. */
export function suiteWith({
  kem,
  kdf,
  aead,
}: Record<'kem' | 'kdf' | 'aead', unknown>): SuiteName | undefined {
  return suiteNames.find((name) => {
    const { ids } = suites[name]
    return ids.kem === kem && ids.kdf === kdf && ids.aead === aead
  })
}
