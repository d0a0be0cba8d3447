import UPlot from 'uplot'
import type { Series } from './state.ts'
import { monthOf } from './state.ts'

const colours = ['#27406b', '#d8a200', '#2f7d4f', '#a3152a', '#5b3f9e', '#2a8a99', '#8a5a00', '#6d788d']

/** Draws months as lines into `box`: what is hidden leaves a gap. Gives back how to take it away. */
export function drawMonths(box: HTMLElement, { months, rows }: Series, name: string): () => void {
  const shown = rows.slice(0, colours.length)
  const data: UPlot.AlignedData = [months.map((_, index) => index), ...shown.map(({ counts }) => counts)]
  const chart = new UPlot(
    {
      width: Math.max(280, box.clientWidth),
      height: 280,
      scales: { x: { time: false } },
      axes: [
        {
          values: (_chart, ticks) =>
            ticks.map((tick) => (Number.isInteger(tick) ? monthOf(months[tick] ?? '') : '')),
        },
        { size: 46 },
      ],
      series: [
        { label: '', value: (_chart, index) => (index === null ? '' : monthOf(months[index] ?? '')) },
        ...shown.map(({ label }, index) => ({
          label: label === '' ? name : label,
          stroke: colours[index] ?? '#27406b',
          width: 2,
          points: { show: true, size: 6 },
        })),
      ],
    },
    data,
    box,
  )
  return () => chart.destroy()
}
