import { plainText } from '../plainText.ts'

/** Paragraphs of text broken between words into lines of at most `width`, each indented by `indent` spaces. */
export function wrap(text: string, width: number, indent = 0): string {
  const margin = ' '.repeat(indent)
  const paragraphs = plainText(text)
    .split(/\r?\n/)
    .map((paragraph) => breakLine(paragraph, width - indent))
  return paragraphs
    .flat()
    .map((line) => `${margin}${line}`.trimEnd())
    .join('\n')
}

function breakLine(paragraph: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
