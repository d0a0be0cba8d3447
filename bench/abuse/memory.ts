import { readdir, readFile } from 'node:fs/promises'

/** The most memory that a service held at any moment, in MiB: of its own, and of its image processes together. */
export interface Peak {
  service: number
  images: number
}

/** Watches the resident memory of a process and its children, until stopped. Only where there is /proc. */
export function watchMemory(pid: number) {
  const peak: Peak = { service: 0, images: 0 }
  let looking = false
  const timer = setInterval(async () => {
    if (looking) return
    looking = true
    peak.service = Math.max(peak.service, (await statusOf(pid)).resident)
    peak.images = Math.max(peak.images, await childrenOf(pid))
    looking = false
  }, 50)
  return {
    stop(): Peak {
      clearInterval(timer)
      return peak
    },
  }
}

async function childrenOf(parent: number): Promise<number> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > parent)
  const all = await Promise.all(pids.map(statusOf))
  return all.reduce((sum, { resident, parent: of }) => (of === parent ? sum + resident : sum), 0)
}

async function statusOf(pid: number): Promise<{ parent: number; resident: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
  return { parent: field('PPid'), resident: field('VmRSS') / 1024 }
}
