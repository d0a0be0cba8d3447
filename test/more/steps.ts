import { compareClientTypes, useClientPackage } from './clientPackage.ts'
import { compileClients } from './clients.ts'
import { consoleSteps } from './console/steps.ts'
import { lintContract } from './contract.ts'
import { deployApart } from './deployment.ts'
import { drillSteps } from './drills.ts'
import { runExamples, runGuide, runPage, showMisplaced } from './examples.ts'
import { validateManifests } from './kubernetes.ts'
import { repeatLonger } from './longForms.ts'
import { runOperatingPage } from './operating/page.ts'
import { pageSteps } from './pages/steps.ts'
import { importIntoPostman } from './postman.ts'
import { runProxies } from './proxies/proxies.ts'
import { simulateApart, simulateLonger } from './simulation.ts'
import type { Step } from './step.ts'

/** What `npm run test:more` does, in this order, each kind beside the others. */
export const steps: readonly Step[] = [
  lintContract,
  compileClients,
  importIntoPostman,
  repeatLonger,
  compareClientTypes,
  useClientPackage,
  runPage,
  showMisplaced,
  runGuide,
  runExamples,
  runProxies,
  deployApart,
  runOperatingPage,
  validateManifests,
  ...drillSteps,
  ...[...pageSteps, ...consoleSteps].map((step): Step => ({ ...step, kind: 'in a browser' })),
  simulateLonger,
  simulateApart,
]
