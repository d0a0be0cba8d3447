import { Document, isMap, isScalar, isSeq, type Scalar } from 'yaml'

const widest = 160

/** What is text in YAML 1.2, but a date, a truth value or a number to readers of YAML 1.1, of which there are many. */
const notTextEverywhere = /^(\d{4}-\d\d?-\d\d?([Tt ].*)?|y|n|yes|no|on|off|[-+]?[\d_]+(:[\d_]+)*)$/i

/** The document as YAML for reading: what fits on a line stands on one. */
export function asYaml(document: unknown): string {
  const whole = new Document(document, { aliasDuplicateObjects: false })
  layOut(whole.contents, '')
  return whole.toString({ lineWidth: widest, indentSeq: false })
}

/** Lays out a node, and those in it, where it stands after `before` on its line. */
function layOut(node: unknown, before: string): void {
  if (isScalar(node)) quote(node)
  if (!isMap(node) && !isSeq(node)) return
  const text = JSON.stringify(node)
  node.flow = before.length + text.length <= widest && !text.includes('\\n')
  const indent = ' '.repeat(before.length - before.trimStart().length)
  if (isSeq(node)) {
    for (const item of node.items) layOut(item, `${indent}- `)
    return
  }
  for (const { key, value } of node.items) {
    if (isScalar(key)) quote(key)
    layOut(value, `${indent}  ${isScalar(key) ? key.value : ''}: `)
  }
}

function quote(scalar: Scalar): void {
  if (typeof scalar.value === 'string' && notTextEverywhere.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE'
}
