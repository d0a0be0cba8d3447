import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

/** One use of AES-GCM by the envelope: what it was given and what it gave that must not stay in memory. */
interface Use {
  aad: Buffer
  key?: Uint8Array
  texts: Uint8Array[]
  /** Whether any of it was there to be wiped. */
  wasThere: boolean
}

const formatVersion = 1
const isThere = (bytes: Uint8Array) => bytes.some((byte) => byte !== 0)

/**
 * Looks over the shoulder of node:crypto: every key and plaintext that goes into AES-GCM or comes out of it for a sealed
 * body, a wrapped data key or a sealed batch key. They are the very bytes, so that it shows whether they are wiped. HPKE's
 * own keys are its package's, and answers that are kept are no sealed objects: both are left out.
 */
export function watchKeys() {
  const { createCipheriv, createDecipheriv } = crypto
  const uses: Use[] = []

  function watched<Cipher extends crypto.CipherGCM | crypto.DecipherGCM>(
    cipher: Cipher,
    key: unknown,
    textIs: 'given' | 'returned',
  ): Cipher {
    const use: Use = { aad: Buffer.alloc(0), texts: [], wasThere: false }
    const update = cipher.update.bind(cipher) as (data: Buffer) => Buffer
    const setAAD = cipher.setAAD.bind(cipher) as (aad: Buffer) => Cipher
    return Object.assign(cipher, {
      setAAD: (aad: Buffer) => {
        use.aad = Buffer.from(aad)
        // The format version comes first in what binds bodies and wraps; an HPKE context begins with a length.
        if (aad[0] === formatVersion && key instanceof Uint8Array) use.key = key
        if (aad[0] === formatVersion || isBatchKey(aad)) uses.push(use)
        return setAAD(aad)
      },
      update: (data: Buffer) => {
        const result = update(data)
        const text = textIs === 'given' ? data : result
        use.texts.push(text)
        use.wasThere ||= isThere(text)
        return result
      },
    })
  }

  Object.assign(crypto, {
    createCipheriv: (...args: Parameters<typeof createCipheriv>) =>
      watched(createCipheriv(...args) as crypto.CipherGCM, args[1], 'given'),
    createDecipheriv: (...args: Parameters<typeof createDecipheriv>) =>
      watched(createDecipheriv(...args) as crypto.DecipherGCM, args[1], 'returned'),
  })
  syncBuiltinESMExports()

  const leftOf = (some: readonly Use[]) =>
    some.flatMap(({ key, texts }) => [...(key ? [key] : []), ...texts].filter(isThere)).length

  return {
    /** How many keys and texts are in memory still. */
    left: () => leftOf(uses),
    /** How many uses there were since it was last asked, and how many keys and texts of them are in memory still. */
    take() {
      const taken = uses.splice(0)
      const seen = taken.filter(({ wasThere }) => wasThere).length
      return { uses: taken.length, seen, left: leftOf(taken) }
    },
    stop() {
      Object.assign(crypto, { createCipheriv, createDecipheriv })
      syncBuiltinESMExports()
    },
  }
}

/** The AAD of a sealed batch key: the batch's id and the recipient's, each after its length. */
function isBatchKey(aad: Buffer): boolean {
  return aad.length > 40 && aad.readUInt32BE(0) === 36 && aad.readUInt32BE(40) === aad.length - 44
}
