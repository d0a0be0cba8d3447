-- Published statistics: what may be shown of each ended month, frozen. Exact counts are not here.

CREATE TABLE frozen_months (
  month     date PRIMARY KEY CHECK (month = date_trunc('month', month)::date),
  frozen_on date NOT NULL CHECK (frozen_on > month)
);
COMMENT ON TABLE frozen_months IS 'Months whose statistics are computed. Never computed again.';
COMMENT ON COLUMN frozen_months.month IS 'First day of the month in which the reports arrived, or the outcomes were recorded.';
COMMENT ON COLUMN frozen_months.frozen_on IS 'UTC day on which it was counted.';

CREATE TABLE frozen_counts (
  month      date NOT NULL REFERENCES frozen_months (month),
  tabulation text NOT NULL,
  row_value  text NOT NULL,
  col_value  text NOT NULL,
  count      integer CHECK (count >= 10 AND count % 5 = 0),
  PRIMARY KEY (tabulation, month, row_value, col_value)
);
COMMENT ON TABLE frozen_counts IS 'Every cell of every table of a month, as it may be shown (docs/statistics.md).';
COMMENT ON COLUMN frozen_counts.month IS 'The month.';
COMMENT ON COLUMN frozen_counts.tabulation IS 'What is counted by: one dimension, or category and another.';
COMMENT ON COLUMN frozen_counts.row_value IS 'The row: a value of the first dimension.';
COMMENT ON COLUMN frozen_counts.col_value IS 'The column: a value of the second, or empty.';
COMMENT ON COLUMN frozen_counts.count IS 'Rounded to 5; null where it is hidden.';

-- No UPDATE, no DELETE: what is frozen stays.
GRANT SELECT, INSERT ON frozen_months, frozen_counts TO sotto_triage;

-- Outcomes come with the tables that hold them, which replace this view: one row an outcome, with the day on which it was
-- recorded; none of a report that is restricted or names a conflict of interest.
CREATE VIEW countable_outcomes AS
  SELECT NULL::date AS recorded_on, NULL::text AS type WHERE false;
COMMENT ON VIEW countable_outcomes IS 'Outcomes that statistics count.';
GRANT SELECT ON countable_outcomes TO sotto_triage;

-- The work queue counts what is open, however much is closed.
CREATE INDEX reports_open ON reports (status) WHERE status <> 'closed';
