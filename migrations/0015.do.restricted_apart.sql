-- What is restricted is listed apart from what is not, each by indexes that tell the one from the other: so many rows as a
-- taken-over intake puts in as restricted stand in nobody's way who may not see them.
DROP INDEX box_reports_by_priority, box_reports_by_category, box_reports_by_agency;
CREATE INDEX box_reports_by_priority ON box_reports (priority, received_on, id) WHERE NOT restricted;
CREATE INDEX box_reports_by_category ON box_reports (category, priority, received_on, id) WHERE NOT restricted;
CREATE INDEX box_reports_by_agency ON box_reports (lead_agency, priority, received_on, id) WHERE NOT restricted;
CREATE INDEX box_reports_restricted_by_priority ON box_reports (priority, received_on, id) WHERE restricted;
CREATE INDEX box_reports_restricted ON box_reports (received_on, id) WHERE restricted;

DROP INDEX reports_by_priority, reports_by_status, reports_by_category, reports_by_agency, reports_by_assignee;
CREATE INDEX reports_by_priority ON reports (priority, received_on, id) WHERE NOT restricted;
CREATE INDEX reports_by_status ON reports (status, priority, received_on, id) WHERE NOT restricted;
CREATE INDEX reports_by_category ON reports (category, priority, received_on, id) WHERE NOT restricted;
CREATE INDEX reports_by_agency ON reports (lead_agency, priority, received_on, id) WHERE NOT restricted;
CREATE INDEX reports_by_assignee
  ON reports (coalesce(assignee, '00000000-0000-0000-0000-000000000000'), priority, received_on, id) WHERE NOT restricted;
CREATE INDEX reports_by_names ON reports (restricted_to, priority, received_on, id) WHERE restricted;

-- Whom a report names, so that a list needs to ask only once for all that lie in the box.
CREATE OR REPLACE VIEW listed_reports AS
  SELECT id, received_on, category, priority, status, lead_agency, support_agencies, conflict_of_interest, restricted,
         restricted_to, legal_hold, chis_review, suspected_malicious, assignee, attention_by, review_group, version,
         batch_id, wrapped_key, body, pending, loosened_on, named
    FROM (
      SELECT b.id, b.received_on, b.category, b.priority, 'received'::text AS status, b.lead_agency, b.support_agencies,
             '{}'::text[] AS conflict_of_interest, b.restricted, '{}'::uuid[] AS restricted_to,
             false AS legal_hold, false AS chis_review, false AS suspected_malicious,
             NULL::uuid AS assignee, CASE WHEN b.priority = 3 THEN b.received_on END AS attention_by,
             'unassessed'::text AS review_group, 1 AS version, b.batch_id, b.wrapped_key, b.body,
             false AS pending, NULL::date AS loosened_on, (SELECT people_named_from_start()) AS named,
             coalesce((SELECT true FROM reports m WHERE m.id = b.id),
                      (SELECT true FROM box_reports o
                        WHERE o.id = b.id AND o.parity = (1 - b.parity)::smallint
                          AND (o.received_on < b.received_on OR (o.received_on = b.received_on AND (b.received_on - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_reports b
      UNION ALL
      SELECT id, received_on, category, priority, status, lead_agency, support_agencies, conflict_of_interest, restricted,
             restricted_to, legal_hold, chis_review, suspected_malicious, assignee, attention_by, review_group, version,
             batch_id, wrapped_key, body, pending, loosened_on, restricted_to, false
        FROM reports) every
   WHERE NOT set_aside;

CREATE FUNCTION sets_of_names() RETURNS SETOF uuid[] LANGUAGE sql STABLE ROWS 10
  SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE sets (names) AS (
    (SELECT restricted_to FROM reports WHERE restricted ORDER BY restricted_to LIMIT 1)
    UNION ALL
    SELECT (SELECT r.restricted_to FROM reports r
             WHERE r.restricted AND r.restricted_to > sets.names ORDER BY r.restricted_to LIMIT 1)
      FROM sets WHERE sets.names IS NOT NULL)
  SELECT names FROM sets WHERE names IS NOT NULL UNION SELECT people_named_from_start()
$$;
COMMENT ON FUNCTION sets_of_names IS 'Each set of people whom restricted reports name, once, however many reports name it.';
REVOKE ALL ON FUNCTION sets_of_names FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sets_of_names TO sotto_triage;
