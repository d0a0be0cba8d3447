import { type Static, Type } from 'typebox'
import { component, ref } from './component.ts'
import { Move } from './moves.ts'
import { oneOf } from './text.ts'

export interface ProblemType {
  readonly status: number
  readonly title: string
  /** What happened and what to do about it, for a person. */
  readonly explanation: string
  /** What every answer with this code should say at once. */
  readonly detail?: string
}

/** Every problem that a client can meet (RFC 9457). `/problems/<code>` explains each to a person. */
export const problemTypes = {
  'bad-request': {
    status: 400,
    title: 'The request cannot be understood',
    explanation:
      'Something about the request itself is wrong: its address, a header, or how it is framed. Nothing was stored.',
  },
  'malformed-json': {
    status: 400,
    title: 'The body is not valid JSON',
    detail:
      'The body must be one JSON value, in UTF-8 without a byte order mark, whose objects name each property once.',
    explanation:
      'The body must be one JSON value in UTF-8 without a byte order mark, and no object in it may name a property twice. Nothing was stored.',
  },
  validation: {
    status: 400,
    title: 'The request breaks a rule',
    explanation:
      'Each entry of "errors" names a place in the request as a JSON Pointer, and the rule that it broke. What you sent is never repeated. Unknown fields are refused, so that no front end sends more than it means to. Nothing was stored: correct it and send it again.',
  },
  unauthorized: {
    status: 401,
    title: 'Who you are could not be established',
    explanation:
      'The Authorization header is missing, or what it carries opens nothing: it is wrong, unknown, expired or revoked. Which of these is not told.',
  },
  forbidden: {
    status: 403,
    title: 'Your role may not do this',
    explanation:
      'You are known, but your role does not allow this call. The attempt is recorded. The contract names the roles of each call.',
  },
  'four-eyes': {
    status: 403,
    title: 'A second person must do this',
    detail: 'The same person may not do both: ask another supervisor.',
    explanation:
      'Whoever wrote a thing may not approve it. Persons are compared, not tokens. Ask a colleague.',
  },
  'challenge-required': {
    status: 403,
    title: 'A proof of work is needed first',
    explanation:
      'The service is under load. Fetch a challenge from /v1/challenges, solve it and send the solution in the header Challenge-Solution. It costs a moment of computing and says nothing about you.',
  },
  'challenge-failed': {
    status: 403,
    title: 'The challenge solution is not right',
    explanation:
      'The solution is wrong, not for this service, or too old. Fetch a new challenge, solve it and try again.',
  },
  'challenge-spent': {
    status: 403,
    title: 'The challenge solution was used before',
    explanation: 'Each solution is good once. Fetch a new challenge, solve it and try again.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such thing',
    explanation: 'Nothing is at this address, or nothing that you may see.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    explanation: 'The Allow header lists the methods that it takes.',
  },
  'not-acceptable': {
    status: 406,
    title: 'No such representation',
    explanation: 'The Accept header asks for a media type that this address cannot give.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request came too slowly',
    explanation: 'The request was not complete in time. Nothing was stored: send it again.',
  },
  conflict: {
    status: 409,
    title: 'This does not fit the present state',
    explanation: 'The thing is in a state that does not allow this. Read it again and decide anew.',
  },
  'invalid-transition': {
    status: 409,
    title: 'A report cannot move that way',
    explanation:
      'The life of a report allows only listed moves, some only once a condition holds. "moves" says where it may go from here, and what each move still lacks.',
  },
  'not-approved': {
    status: 409,
    title: 'An item is not approved',
    detail: 'Have each item approved, in this version, by a supervisor who did not write it.',
    explanation: 'Only items that another supervisor has approved, in this version, can be disseminated.',
  },
  'not-clear': {
    status: 409,
    title: 'Deconfliction is not clear',
    detail: 'Set deconfliction to clear once the police have said so.',
    explanation: 'The police must have said that it is clear before this goes to another agency.',
  },
  locked: {
    status: 409,
    title: 'Sending is locked',
    detail: 'A supervisor unlocks it, with a reason, by POST to messages/unlock.',
    explanation: 'Messages to this reporter are locked until a supervisor unlocks them with a reason.',
  },
  gone: {
    status: 410,
    title: 'It was here and is no more',
    explanation: 'The thing was ended, recalled or has expired.',
  },
  'precondition-failed': {
    status: 412,
    title: 'It has changed since you read it',
    detail: 'Read it again, decide anew, and send the ETag that it has now.',
    explanation: 'The version in If-Match is not the present one. Read it again and decide anew.',
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    explanation: 'The contract states the limit of each call. Nothing was stored.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'This content type is not taken here',
    explanation:
      'The header Accept of the answer names what this call takes: application/json in UTF-8 for nearly all. An image is sent as the body itself, of type image/jpeg, image/png or image/webp, and not as a form.',
  },
  'idempotency-mismatch': {
    status: 422,
    title: 'The Idempotency-Key was used for another body',
    explanation: 'A key stands for one body. Send the same bytes again, or make a new key.',
  },
  'attachments-refused': {
    status: 422,
    title: 'No images are taken for this report',
    detail:
      'Never send images of child sexual abuse here. Report what is online to the Internet Watch Foundation, report.iwf.org.uk; tell the police about abuse or about an image on a device.',
    explanation:
      'Never send images of child sexual abuse here: to possess them is itself an offence. Report what is online to the Internet Watch Foundation (report.iwf.org.uk); tell the police about abuse or about images on a device.',
  },
  'image-unreadable': {
    status: 422,
    title: 'The image cannot be read',
    explanation:
      'The file is damaged, not of the type that it claims, or larger in pixels than is taken. Nothing was stored.',
  },
  'limit-reached': {
    status: 422,
    title: 'No more of these are taken',
    explanation: 'The limit for this report is reached.',
  },
  'precondition-required': {
    status: 428,
    title: 'If-Match is needed',
    detail: 'Send If-Match with the ETag of the version that you read, in double quotes.',
    explanation:
      'Send the ETag of the version that you read in If-Match, so that nobody overwrites what they have not seen.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    explanation: 'Wait as long as Retry-After says, then send it again. Nothing was stored.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    explanation: 'Send fewer or shorter headers.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong here',
    explanation:
      'This is a fault of the service, not of your request. If you were sending a report, it was not accepted: send it again.',
  },
  overloaded: {
    status: 503,
    title: 'The service is too busy',
    explanation:
      'Wait as long as Retry-After says, then send it again. A report was accepted only if you got a receipt.',
  },
  'not-ready': {
    status: 503,
    title: 'The service is not ready',
    explanation:
      'A part that it needs is away. Wait as long as Retry-After says, then send it again. A report was accepted only if you got a receipt.',
  },
} as const satisfies Record<string, ProblemType>

export type ProblemCode = keyof typeof problemTypes
export const problemCodes = Object.keys(problemTypes) as ProblemCode[]

export const Problem = component(
  'Problem',
  Type.Object(
    {
      type: Type.String({ description: '/problems/<code>, which explains it to a person' }),
      title: Type.String({ description: 'The same for every problem of this code' }),
      status: Type.Integer({ description: 'The HTTP status' }),
      code: oneOf(problemCodes, 'What programs should go by'),
      detail: Type.Optional(
        Type.String({ description: 'More about this case; never anything that was sent' }),
      ),
      errors: Type.Optional(
        Type.Array(
          Type.Object(
            {
              pointer: Type.String({
                description:
                  'JSON Pointer (RFC 6901) into the body, or `header:<name>`, `query:<name>`, `path:<name>`',
              }),
              code: Type.String({ description: 'The rule' }),
              message: Type.String({ description: 'The rule in words; never the value' }),
              allowed: Type.Optional(
                Type.Array(Type.String(), {
                  description: 'What the contract knows in that place: names, kinds or values',
                }),
              ),
            },
            { additionalProperties: false },
          ),
          { description: 'Every place that broke a rule, at most 50' },
        ),
      ),
      moves: Type.Optional(
        Type.Array(ref(Move), { description: 'Where the report may go instead, and what each move lacks' }),
      ),
    },
    { additionalProperties: false, description: 'A problem (RFC 9457)' },
  ),
)

export type ProblemBody = Static<typeof Problem>
