import { until } from '../support/patience.ts'

/** Resolves once the service there is ready for work. */
export async function untilReady({ base }: { base: string }): Promise<void> {
  await until(async () => (await fetch(`${base}/health/ready`).catch(() => undefined))?.status === 200)
}
