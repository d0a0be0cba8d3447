import { command } from './command.ts'

/** `sotto serve`: runs the service, as `npm start` does. */
export const serve = command({
  name: 'serve',
  about: 'Run the service until it is told to stop.',
  more: 'ROLE chooses the public side (intake), the staff side (triage) or both (all, the default).',
  parameters: {},
  example: 'PORT=8090 sotto serve',
  async run(_given, asJson) {
    // Loaded here alone: the other commands start faster without the web server.
    const { baseUrlOf, serve } = await import('../start/serve.ts')
    await serve(
      asJson
        ? (config, service) => `${JSON.stringify({ url: baseUrlOf(service), role: config.role })}\n`
        : undefined,
    )
    return undefined
  },
})
