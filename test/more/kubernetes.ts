import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseAllDocuments } from 'yaml'
import { clientTool, root } from './clientTools.ts'
import type { Step } from './step.ts'

/** An object of a manifest, as far as it is needed to find its schema. */
interface Manifest {
  apiVersion: string
  kind: string
  spec: Record<string, unknown>
}

export const validateManifests: Step = {
  name: 'kubernetes: each object fits the schema of its kind, of Kubernetes and of CloudNativePG',
  async run() {
    await clientTool(['npx', 'tsc', '--version'])
    const folder = join(root, 'deploy/kubernetes')
    const files = await readdir(folder)
    const manifests: Manifest[] = []
    for (const file of files) {
      const documents = parseAllDocuments(await readFile(join(folder, file), 'utf8'))
      manifests.push(...documents.map((document) => document.toJS() as Manifest))
    }
    assert.ok(manifests.length > 8)
    for (const manifest of manifests) await validate(manifest)
    // A schema that takes anything would show nothing.
    const cluster = manifests.find(({ kind }) => kind === 'Cluster') as Manifest
    await assert.rejects(validate({ ...cluster, spec: { ...cluster.spec, instances: 'three' } }))
  },
}

async function validate(manifest: Manifest): Promise<void> {
  const [library, path] = manifest.apiVersion.startsWith('postgresql.cnpg.io/')
    ? ['@kubernetes-models/cloudnative-pg', manifest.apiVersion]
    : ['kubernetes-models', manifest.apiVersion]
  const file = join(root, 'test/clients/node_modules', library, path, `${manifest.kind}.js`)
  const { [manifest.kind]: Model } = (await import(pathToFileURL(file).href)) as Record<
    string,
    new (
      data: Manifest,
    ) => { validate(): void }
  >
  assert.ok(Model, manifest.kind)
  new Model(manifest).validate()
}
