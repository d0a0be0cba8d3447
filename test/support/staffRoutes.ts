import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, RouteOptions } from 'fastify'
import type { Permission } from '../../src/auth/permissions.ts'

export interface StaffRoute {
  method: string
  url: string
  permission: Permission
}

/** Starts something, and notes every route that it registers: one that comes later is walked without a word in the tests. */
export async function notingRoutes<T>(
  start: () => Promise<T>,
): Promise<{ of: T; registered: RouteOptions[] }> {
  const registered: RouteOptions[] = []
  const note = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', (route) => {
      registered.push(route)
    })
  }
  subscribe('fastify.initialization', note)
  const of = await start().finally(() => unsubscribe('fastify.initialization', note))
  return { of, registered }
}

/** Those of the staff's side, each with who may. */
export function staffRoutesIn(registered: readonly RouteOptions[]): StaffRoute[] {
  return registered.flatMap(({ method, url, config }) =>
    config?.permission === undefined
      ? []
      : [method].flat().map((method) => ({ method, url, permission: config.permission as Permission })),
  )
}
