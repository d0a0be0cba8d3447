import { useEffect, useRef, useState } from 'preact/hooks'
import { SelectField, Tick } from '../../parts/form.tsx'
import { Card, Head, Nothing, Shown } from '../../parts/small.tsx'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { say, words } from '../../state/words.ts'
import {
  type Dimension,
  dimensions,
  labelOf,
  monthOf,
  type Statistics as Published,
  readStatistics,
  type Series,
  seriesOf,
} from './state.ts'

const { statistics: texts } = words

/** Figures of ended months that give nobody away: the table says all, the chart shows the months. */
export function Statistics() {
  const [by, setBy] = useState<Dimension>('category')
  const [isMonthly, setMonthly] = useState(false)
  const figures = useLoaded(() => readStatistics(by, isMonthly), [by, isMonthly])
  const withMonths = isMonthly || by === 'month'
  return (
    <>
      <Head title={texts.title} about={texts.about} />
      <Card>
        <div class="s-columns">
          <SelectField
            label={texts.by}
            name="by"
            value={by}
            choices={dimensions.map((one) => [one, texts.dimensions[one]] as const)}
            onInput={(value) => setBy(value as Dimension)}
          />
        </div>
        {by !== 'month' && <Tick label={texts.monthly} value={isMonthly} onInput={setMonthly} />}
      </Card>
      <Shown of={figures}>
        {(published) =>
          published.items.length === 0 ? (
            <Nothing>{texts.none}</Nothing>
          ) : withMonths ? (
            <Months series={seriesOf(published, by)} name={texts.dimensions[by]} />
          ) : (
            <Totals published={published} by={by} />
          )
        }
      </Shown>
      <p class="s-about">{texts.hiddenAbout}</p>
    </>
  )
}

function Figure({ count }: { count: number | null | undefined }) {
  if (count === null) return <abbr title={texts.hiddenAbout}>{texts.hidden}</abbr>
  return <>{count ?? 0}</>
}

function Totals({ published: { items, months }, by }: { published: Published; by: Dimension }) {
  const most = Math.max(1, ...items.map(({ count }) => count ?? 0))
  return (
    <Card title={say(texts.over, { count: months.length })}>
      <table class="s-bars">
        <caption class="govuk-visually-hidden">{texts.title}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.dimensions[by]}</th>
            <th scope="col">{texts.count}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((cell) => (
            <tr key={labelOf(cell, by)}>
              <th scope="row">{labelOf(cell, by)}</th>
              <td>
                <span class="s-bar__line" style={{ width: `${(70 * (cell.count ?? 0)) / most}%` }} />
                <Figure count={cell.count} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

function Months({ series, name }: { series: Series; name: string }) {
  return (
    <>
      <Card>
        <Chart series={series} name={name} />
      </Card>
      <div class="s-scroll">
        <table class="govuk-table">
          <caption class="govuk-visually-hidden">{texts.title}</caption>
          <thead>
            <tr>
              <th scope="col" class="govuk-table__header">
                {name}
              </th>
              {series.months.map((month) => (
                <th key={month} scope="col" class="govuk-table__header govuk-table__header--numeric">
                  {monthOf(month)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {series.rows.map(({ label, counts }) => (
              <tr key={label}>
                <th scope="row" class="govuk-table__header">
                  {label || texts.all}
                </th>
                {series.months.map((month, index) => (
                  <td key={month} class="govuk-table__cell govuk-table__cell--numeric">
                    <Figure count={counts[index]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Chart({ series, name }: { series: Series; name: string }) {
  const box = useRef<HTMLDivElement>(null)
  const takeAway = useRef<(() => void) | undefined>(undefined)
  const act = useAct(async () => {
    const { drawMonths } = await import('./chart.ts')
    takeAway.current?.()
    if (box.current !== null) takeAway.current = drawMonths(box.current, series, name)
  })
  useEffect(() => {
    void act.run()
    return () => takeAway.current?.()
  }, [series])
  return <div class="s-chart" ref={box} role="img" aria-label={texts.chartSays} />
}
