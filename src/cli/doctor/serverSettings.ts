import { samplingModules, settingsApart, settingsNamed } from '../../storage/examination.ts'
import { breach, type Examination, type Finding } from './finding.ts'
import { isFine, wantedSettings } from './wantedSettings.ts'

/** Every setting of the live server that would tell of reporters or lose reports, and what roles set otherwise. */
export const serverSettings: Examination = {
  name: 'postgres-settings',
  doc: 'docs/operating.md#postgres-settings',
  async look({ pool }) {
    const names = wantedSettings.map(({ name }) => name)
    const holding = await settingsNamed(pool.query, names)
    const apart = await settingsApart(pool.query, names)
    const modules = await samplingModules(pool.query)
    const findings: Finding[] = []
    for (const setting of wantedSettings) {
      const { name, wanted, why } = setting
      // An older server does not know all of them.
      const value = holding.find((row) => row.name === name)?.value
      if (value !== undefined && !isFine(setting, value)) {
        findings.push(
          breach(
            `${name} is ${value}: ${why}`,
            `ALTER SYSTEM SET ${name} = '${wanted}', then reload or restart Postgres`,
          ),
        )
      }
      for (const row of apart) {
        if (row.name !== name || isFine(setting, row.value.replace(/MB$/, ''))) continue
        findings.push(
          breach(`${name} is ${row.value} for ${row.of}: ${why}`, `ALTER … RESET ${name} for ${row.of}`),
        )
      }
    }
    const loaded = modules.map(({ name }) =>
      breach(
        `${name} is loaded: it samples statements with their times`,
        'take it out of shared_preload_libraries, and restart Postgres',
      ),
    )
    return [...findings, ...loaded]
  },
}
