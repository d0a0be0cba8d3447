-- What lists, searches and exports ask of each row: whether it lies in the box is known where it is read, and was looked for in
-- the main table once more; and its batch key is looked for in the main table first, where nearly all are. No row changes.

CREATE OR REPLACE VIEW listed_reports AS
  SELECT id, received_on, category, priority, status, lead_agency, support_agencies, conflict_of_interest, restricted,
         restricted_to, legal_hold, chis_review, suspected_malicious, assignee, attention_by, review_group, version,
         batch_id, wrapped_key, body, pending, loosened_on, named, origin, origin_agency, boxed
    FROM (
      SELECT b.id, b.received_on, b.category, b.priority, 'received'::text AS status, b.lead_agency, b.support_agencies,
             '{}'::text[] AS conflict_of_interest, b.restricted, '{}'::uuid[] AS restricted_to,
             false AS legal_hold, false AS chis_review, false AS suspected_malicious,
             NULL::uuid AS assignee, CASE WHEN b.priority = 3 THEN b.received_on END AS attention_by,
             'unassessed'::text AS review_group, 1 AS version, b.batch_id, b.wrapped_key, b.body,
             false AS pending, NULL::date AS loosened_on, (SELECT people_named_from_start()) AS named,
             'public'::text AS origin, NULL::text AS origin_agency, true AS boxed,
             coalesce((SELECT true FROM reports m WHERE m.id = b.id),
                      (SELECT true FROM box_reports o
                        WHERE o.id = b.id AND o.parity = (1 - b.parity)::smallint
                          AND (o.received_on < b.received_on OR (o.received_on = b.received_on AND (b.received_on - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1),
                      false) AS set_aside
        FROM box_reports b
      UNION ALL
      SELECT id, received_on, category, priority, status, lead_agency, support_agencies, conflict_of_interest, restricted,
             restricted_to, legal_hold, chis_review, suspected_malicious, assignee, attention_by, review_group, version,
             batch_id, wrapped_key, body, pending, loosened_on, restricted_to, origin, origin_agency, false, false
        FROM reports) every
   WHERE NOT set_aside;

-- In this order: whoever takes one row and stops looks no further.
CREATE OR REPLACE VIEW listed_batch_keys AS
  SELECT batch_id, kid, enc, ciphertext
    FROM (
      SELECT batch_id, kid, enc, ciphertext, false AS set_aside FROM batch_keys
      UNION ALL
      SELECT b.batch_id, b.kid, b.enc, b.ciphertext,
             coalesce((SELECT true FROM batch_keys m WHERE m.batch_id = b.batch_id LIMIT 1),
                      (SELECT true FROM box_batch_keys o
                        WHERE o.batch_id = b.batch_id AND o.parity = (1 - b.parity)::smallint
                          AND (o.put_on < b.put_on OR (o.put_on = b.put_on AND (b.put_on - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1),
                      false)
        FROM box_batch_keys b) every
   WHERE NOT set_aside;
