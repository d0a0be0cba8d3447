import { stopTestCluster } from './cluster.ts'
import { noteCluster, notedCluster } from './template.ts'

const cluster = await notedCluster()
if (cluster !== undefined) await stopTestCluster(cluster)
await noteCluster()
