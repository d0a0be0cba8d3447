/**
 * What was set aside of the box's reports, found by sets: statements that read the whole box would otherwise look each of
 * its rows up, of which somebody may have put in a million.
 */

/** As `twins`: the ids of rows in the box that meet another. Few, for the functions that put in refuse them. */
export const twins = `twins AS MATERIALIZED (
  (SELECT id FROM box_reports_even INTERSECT SELECT id FROM box_reports_odd)
  UNION
  SELECT b.id FROM box_reports b WHERE EXISTS (SELECT FROM reports m WHERE m.id = b.id))`

/** Each row of those that another of its id goes before: that in the main table, or else that of the older day. */
export const setAsideTwins = (columns: string) => `
  SELECT ${columns} FROM twins t
   CROSS JOIN LATERAL (SELECT * FROM box_reports WHERE id = t.id) b
   WHERE EXISTS (SELECT FROM reports m WHERE m.id = b.id)
      OR EXISTS (SELECT FROM box_reports o
                  WHERE o.id = b.id AND o.parity = (1 - b.parity)::smallint
                    AND (o.received_on < b.received_on
                         OR (o.received_on = b.received_on AND (b.received_on - DATE '2000-01-01') & 1 <> b.parity)))`
