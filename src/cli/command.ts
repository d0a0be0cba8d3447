import { type ParseArgsConfig, parseArgs } from 'node:util'
import { plainJson, plainText } from '../plainText.ts'

/** What a command has to say once it is done. */
export interface Outcome {
  /** To stdout: what a script may want. What others wrote in it is made fit for a terminal where it is printed. */
  text: string
  /** To stderr: what only a person wants. */
  note?: string
  /** With --json, instead of both: one line on stdout. */
  json: unknown
  /** It was done, and what it found is bad: said on stdout, with code 1. */
  failed?: true
}

/** A refusal that was foreseen. Its message is one line for the operator, without secrets. */
export class Refusal extends Error {}

/** A command line that cannot be understood. */
export class UsageError extends Refusal {}

/** What a command is given: `--name N`, with `positional` a word that follows it, or with `flag` just `--name`. */
export interface Parameter {
  value: string
  flag?: true
  about: string
  required?: true
  positional?: true
}

type Parameters = Readonly<Record<string, Parameter>>

/** The values given; those that are required are there. */
export type Given<P extends Parameters> = {
  readonly [Name in keyof P]: P[Name] extends { flag: true }
    ? boolean | undefined
    : P[Name] extends { required: true }
      ? string
      : string | undefined
}

export interface Description<P extends Parameters> {
  /** One or two words. */
  name: string
  /** One line, for the list of commands. */
  about: string
  /** What else there is to know. */
  more?: string
  parameters: P
  example: string
  run(given: Given<P>, asJson: boolean): Promise<Outcome | undefined>
}

/** A command as the command line sees it. */
export interface Command {
  name: string
  about: string
  help: string
  /** Reads the words after the command's name and runs it; resolves to what is to be printed. */
  run(words: readonly string[]): Promise<Printed>
}

export interface Printed {
  stdout: string
  stderr: string
  code: 0 | 1
}

/** Makes a command of its description: the parsing, the help and the printing are the same for all. */
export function command<const P extends Parameters>(description: Description<P>): Command {
  const help = helpOf(description)
  return {
    name: description.name,
    about: description.about,
    help,
    async run(words) {
      const { given, asJson, wantsHelp } = read(description, words)
      if (wantsHelp) return { stdout: help, stderr: '', code: 0 }
      const outcome = await description.run(given, asJson)
      if (outcome === undefined) return { stdout: '', stderr: '', code: 0 }
      const code = outcome.failed ? 1 : 0
      if (asJson) return { stdout: `${plainJson(outcome.json)}\n`, stderr: '', code }
      return { stdout: plainText(outcome.text), stderr: plainText(outcome.note ?? ''), code }
    },
  }
}

function read<P extends Parameters>({ name, parameters }: Description<P>, words: readonly string[]) {
  const { values, positionals } = parse(name, parameters, words)
  const { json, help, ...given } = values
  const places = Object.entries(parameters).filter(([, { positional }]) => positional)
  if (positionals.length > places.length) throw new UsageError(`${name} takes no such word`)
  for (const [index, [place]] of places.entries()) given[place] = positionals[index]
  for (const [wanted, { required, positional, value }] of Object.entries(parameters)) {
    if (required && !help && !given[wanted]) {
      throw new UsageError(`${name} needs ${positional ? value : `--${wanted} ${value}`}`)
    }
  }
  return { given: given as Given<P>, asJson: json === true, wantsHelp: help === true }
}

function parse(name: string, parameters: Parameters, words: readonly string[]) {
  const options: NonNullable<ParseArgsConfig['options']> = {
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  }
  for (const [option, { positional, flag }] of Object.entries(parameters)) {
    if (!positional) options[option] = { type: flag ? 'boolean' : 'string' }
  }
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${name}: ${usageReason(error)}`)
  }
}

/** Node's first sentence names the option, and never its value. */
function usageReason(error: unknown): string {
  return error instanceof Error ? (error.message.split('. ', 1)[0] ?? '') : 'not understood'
}

const common: [string, string][] = [
  ['--json', 'print one line of JSON instead'],
  ['-h, --help', 'print this'],
]

function helpOf({ name, about, more, parameters, example }: Description<Parameters>): string {
  const shown = Object.entries(parameters).map(([key, parameter]) => ({
    ...parameter,
    form: parameter.positional ? parameter.value : `--${key} ${parameter.value}`.trimEnd(),
  }))
  const usage = shown.map(({ form, required }) => (required ? form : `[${form}]`))
  const lines = [...shown.map(({ form, about: does }): [string, string] => [form, does]), ...common]
  const width = Math.max(...lines.map(([form]) => form.length))
  return `Usage: ${['sotto', name, ...usage, '[--json]'].join(' ')}

${about}${more === undefined ? '' : `\n${more}`}

Options:
${lines.map(([form, does]) => `  ${form.padEnd(width)}  ${does}`).join('\n')}

Example:
  ${example}

Exit codes: 0 done, 1 it failed, 2 the command line is wrong.
`
}
