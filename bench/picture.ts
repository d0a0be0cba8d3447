/** One row of bars of a picture. */
export interface Series {
  name: string
  values: readonly number[]
}

const width = 640
const height = 320
const margin = { left: 56, right: 16, top: 40, bottom: 56 }
/** Told apart without colour too: one is darker. */
const fills = ['#9aa5b1', '#1d4f76', '#c98a2b', '#5c7c3a']

/** Groups of bars as an SVG that says itself what it shows. */
export function barsOf(title: string, groups: readonly string[], series: readonly Series[]): string {
  const most = Math.max(1, ...series.flatMap(({ values }) => values))
  const across = (width - margin.left - margin.right) / groups.length
  const thick = (across * 0.7) / series.length
  const floor = height - margin.bottom
  const scale = (floor - margin.top) / most
  const bars = series.flatMap(({ values }, which) =>
    values.map((value, group) => {
      const x = margin.left + group * across + across * 0.15 + which * thick
      const y = floor - value * scale
      const label = value >= 100 ? value.toFixed(0) : value.toPrecision(2)
      return [
        `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${(thick * 0.9).toFixed(1)}" height="${(floor - y).toFixed(1)}" fill="${fills[which % fills.length]}"/>`,
        `<text x="${(x + thick * 0.45).toFixed(1)}" y="${(y - 4).toFixed(1)}" text-anchor="middle">${label}</text>`,
      ].join('')
    }),
  )
  const names = groups.map(
    (name, group) =>
      `<text x="${(margin.left + (group + 0.5) * across).toFixed(1)}" y="${floor + 18}" text-anchor="middle">${name}</text>`,
  )
  const legend = series.map(
    ({ name }, which) =>
      `<rect x="${margin.left + which * 144}" y="${height - 24}" width="12" height="12" fill="${fills[which % fills.length]}"/><text x="${margin.left + which * 144 + 18}" y="${height - 14}">${name}</text>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}" font-family="sans-serif" font-size="12">`,
    `<title>${title}</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${margin.left}" y="22" font-size="15">${title}</text>`,
    `<line x1="${margin.left}" y1="${floor}" x2="${width - margin.right}" y2="${floor}" stroke="#333"/>`,
    ...bars,
    ...names,
    ...legend,
    '</svg>',
    '',
  ].join('\n')
}
