-- What reporting leads to is told by agency and category too: the agency that acted, or else that was asked to.
CREATE OR REPLACE VIEW countable_outcomes AS
  SELECT (o.recorded_at AT TIME ZONE 'UTC')::date AS recorded_on, o.type,
         coalesce(o.agency, d.agency, r.lead_agency) AS agency, r.category
    FROM outcomes o
    LEFT JOIN disseminations d ON d.id = o.dissemination_id
    JOIN reports r ON r.id = coalesce(o.report_id, d.report_id)
   WHERE NOT r.restricted AND r.conflict_of_interest = '{}';
