import { attacks } from './attacks.ts'

/** A process of its own that attacks until its input ends, and then says what it was answered. */
const [, , name = '', url = '', ...receipts] = process.argv
const attack = attacks[name]
if (attack === undefined) throw new Error('no such attack')
let isOver = false
process.stdin.resume().on('end', () => {
  isOver = true
})
process.stdout.write(JSON.stringify(await attack({ url, receipts }, () => isOver)))
