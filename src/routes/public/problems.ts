import { Type } from 'typebox'
import { type ProblemCode, problemTypes } from '../../schemas/problem.ts'
import { mediaType, problems } from '../../schemas/responses.ts'
import type { Scope } from '../../scope.ts'
import { Fault } from '../../vocabulary/faults.ts'

/** GET /problems/{code}: explains a problem to a person, as the `type` of every problem promises. */
export function explainProblems(app: Scope): void {
  app.get(
    '/problems/:code',
    {
      config: { produces: ['text/html'] },
      schema: {
        operationId: 'getProblem',
        summary: 'What a problem means and what to do',
        description: 'A page for people. The `type` of every problem leads here.',
        params: Type.Object({
          code: Type.String({ description: 'Code of the problem' }),
        }),
        response: {
          200: mediaType('text/html', 'A page for a person'),
          ...problems('not-found', 'not-acceptable'),
        },
      },
    },
    async (request, reply) => {
      const { code } = request.params
      if (!isProblemCode(code)) throw new Fault('not-found')
      return reply
        .header('cache-control', 'public, max-age=3600')
        .type('text/html; charset=utf-8')
        .send(page(code))
    },
  )
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemTypes, code)
}

/** Every word of it is ours; nothing of a request is in it. */
function page(code: ProblemCode): string {
  const { status, title, explanation } = problemTypes[code]
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title></head>
<body>
<h1>${title}</h1>
<p>${explanation.replaceAll('<', '&lt;')}</p>
<p>Code <code>${code}</code>, HTTP status ${status}.</p>
</body>
</html>
`
}
