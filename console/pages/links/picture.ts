import cytoscape from 'cytoscape'
import { namesOf } from '../../state/words.ts'
import type { Web } from './state.ts'

/** The library writes a style element, which the policy forbids, unless a sheet of this name is there. */
const sheet = '__________cytoscape_stylesheet'

function provideSheet(): void {
  if (document.getElementById(sheet) !== null) return
  const own = document.querySelector<HTMLLinkElement>('link[rel=stylesheet]')
  const link = document.createElement('link')
  link.id = sheet
  link.rel = 'stylesheet'
  link.href = own?.href ?? ''
  document.head.append(link)
}

/** Draws reports and what they share into `container`. Gives back how to take it away. */
export function drawWeb(container: HTMLElement, { reports, links }: Web, from: string): () => void {
  provideSheet()
  const nodes = reports.map((id) => ({
    data: { id, label: id.slice(0, 8) },
    classes: id === from ? 'from' : 'report',
  }))
  const things = links.map((link) => ({
    data: { id: link.id, label: namesOf.linkKind[link.kind] },
    classes: 'thing',
  }))
  const edges = links.flatMap((link) =>
    link.reports
      .filter((report) => reports.includes(report))
      .map((report) => ({
        data: { id: `${link.id} ${report}`, source: report, target: link.id },
        classes: link.status,
      })),
  )
  const graph = cytoscape({
    container,
    elements: [...nodes, ...things, ...edges],
    layout: { name: 'cose', animate: false, padding: 24 },
    style: [
      {
        selector: 'node',
        style: {
          label: 'data(label)',
          'font-size': 12,
          color: '#1c2333',
          'text-valign': 'bottom',
          'text-margin-y': 5,
        },
      },
      { selector: '.report', style: { 'background-color': '#27406b', width: 26, height: 26 } },
      { selector: '.from', style: { 'background-color': '#d8a200', width: 34, height: 34 } },
      {
        selector: '.thing',
        style: {
          'background-color': '#9aa7bf',
          shape: 'round-rectangle',
          width: 18,
          height: 18,
          'font-size': 11,
        },
      },
      { selector: 'edge', style: { width: 2, 'line-color': '#9aa7bf', 'curve-style': 'haystack' } },
      { selector: 'edge.proposed', style: { 'line-style': 'dashed' } },
      { selector: 'edge.confirmed', style: { 'line-color': '#2f7d4f' } },
    ],
    maxZoom: 2,
    wheelSensitivity: 0.2,
  })
  return () => graph.destroy()
}
