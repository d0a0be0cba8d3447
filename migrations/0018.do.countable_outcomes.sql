-- Outcomes count by the day on which they were recorded: by month of arrival they would all come too late.
CREATE OR REPLACE VIEW countable_outcomes AS
  SELECT (o.recorded_at AT TIME ZONE 'UTC')::date AS recorded_on, o.type
    FROM outcomes o
    LEFT JOIN disseminations d ON d.id = o.dissemination_id
    JOIN reports r ON r.id = coalesce(o.report_id, d.report_id)
   WHERE NOT r.restricted AND r.conflict_of_interest = '{}';
