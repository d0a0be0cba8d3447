import { type DestinationStream, pino } from 'pino'
import { plainLine } from './plainText.ts'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Everything that a log line may carry. What is not named here cannot be logged: no request, no message, no value. */
export interface LogFields {
  role?: string
  port?: number
  folder?: string
  /** A part of the service: intake, triage, durability. */
  part?: string
  hours?: number
  count?: number
  milliseconds?: number
  /** SQLSTATE, the code of a system error, or the class of a refusal. */
  code?: string
  /** Name of a database constraint. */
  constraint?: string
  /** Class name of an error. */
  error?: string
  /** Stack frames, without the first line, which holds the message. */
  frames?: string[]
}

export type Log = Record<'debug' | 'info' | 'warn' | 'error', (event: string, fields?: LogFields) => void>

const allowed = [
  'role',
  'port',
  'folder',
  'part',
  'hours',
  'count',
  'milliseconds',
  'code',
  'constraint',
  'error',
  'frames',
] as const satisfies readonly (keyof LogFields)[]

/** A log of events. A public request writes no line: what is logged is the service's own life. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  )
  const write =
    (method: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}) =>
      logger[method](onlyAllowed(fields), plainLine(event))
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

function onlyAllowed(fields: LogFields): LogFields {
  return Object.fromEntries(
    allowed.filter((name) => fields[name] !== undefined).map((name) => [name, plain(fields[name])]),
  )
}

function plain(value: LogFields[keyof LogFields]): typeof value {
  if (Array.isArray(value)) return value.map(plainLine)
  return typeof value === 'string' ? plainLine(value) : value
}

/** What may be told of an error: its class, its code, the constraint it broke and where it arose. Never its message. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  // The message comes first in a stack, may have many lines, and may look like frames.
  const { stack = '', message } = error
  const afterMessage = stack.indexOf(message) + message.length
  return {
    error: error.constructor.name,
    frames: (stack.includes(message) ? stack.slice(afterMessage) : '')
      .split('\n')
      .filter((line) => /^ {4}at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
    ...(typeof code === 'string' && /^\w{1,40}$/.test(code) ? { code } : {}),
    ...(typeof constraint === 'string' && /^\w{1,63}$/.test(constraint) ? { constraint } : {}),
  }
}
