-- What one person may not do alone waits for another; what two people loosened is not purged at once.

ALTER TABLE reports
  ADD COLUMN pending boolean NOT NULL DEFAULT false,
  ADD COLUMN loosened_on date;
COMMENT ON COLUMN reports.pending IS 'True while a change that loosens or hides waits for a second supervisor.';
COMMENT ON COLUMN reports.loosened_on IS 'UTC day on which a hold was lifted, a review group shortened or known proceedings taken back. Null if never.';

CREATE OR REPLACE VIEW listed_reports AS
  SELECT id, received_on, category, priority, 'received'::text AS status, lead_agency, support_agencies,
         '{}'::text[] AS conflict_of_interest, restricted, '{}'::uuid[] AS restricted_to,
         false AS legal_hold, false AS chis_review, false AS suspected_malicious,
         NULL::uuid AS assignee, CASE WHEN priority = 3 THEN received_on END AS attention_by,
         'unassessed'::text AS review_group, 1 AS version, batch_id, wrapped_key, body,
         false AS pending, NULL::date AS loosened_on
    FROM box_reports
  UNION ALL
  SELECT id, received_on, category, priority, status, lead_agency, support_agencies,
         conflict_of_interest, restricted, restricted_to,
         legal_hold, chis_review, suspected_malicious,
         assignee, attention_by,
         review_group, version, batch_id, wrapped_key, body,
         pending, loosened_on
    FROM reports;
