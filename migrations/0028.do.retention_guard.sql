-- What is kept no longer goes a share a night, and not while a clock is in doubt.

DROP INDEX reports_due;
CREATE INDEX reports_due ON reports (review_group, received_on, id);

CREATE TABLE night_watch (
  id            boolean PRIMARY KEY DEFAULT true CHECK (id),
  last_night    date,
  steady_nights integer NOT NULL DEFAULT 7 CHECK (steady_nights BETWEEN 0 AND 7),
  purged_on     date,
  purged        integer NOT NULL DEFAULT 0,
  ended         integer NOT NULL DEFAULT 0
);
INSERT INTO night_watch DEFAULT VALUES;
COMMENT ON TABLE night_watch IS 'One row: which nights the service has seen, and how much it destroyed in the last.';
COMMENT ON COLUMN night_watch.id IS 'There is one row.';
COMMENT ON COLUMN night_watch.last_night IS 'UTC day of the last nightly pass. Null before the first.';
COMMENT ON COLUMN night_watch.steady_nights IS 'Nights since the clock last jumped by more than two days; 7 is enough.';
COMMENT ON COLUMN night_watch.purged_on IS 'UTC day of the last purge.';
COMMENT ON COLUMN night_watch.purged IS 'Reports that it destroyed.';
COMMENT ON COLUMN night_watch.ended IS 'Conversations that it ended.';
GRANT SELECT, UPDATE ON night_watch TO sotto_triage;

GRANT DELETE ON unplaced_rows TO sotto_triage;

CREATE TABLE keyring_turn (
  id boolean PRIMARY KEY DEFAULT true CHECK (id)
);
INSERT INTO keyring_turn DEFAULT VALUES;
COMMENT ON TABLE keyring_turn IS 'One row: whoever changes the keyring''s file holds it meanwhile.';
COMMENT ON COLUMN keyring_turn.id IS 'There is one row.';
-- Without UPDATE nobody may lock a row.
GRANT SELECT, UPDATE ON keyring_turn TO sotto_triage;

-- Which kinds there are, the service says: a row counts only if its signature, over its kind too, holds.
ALTER TABLE casework DROP CONSTRAINT casework_kind_check;
ALTER TABLE casework ADD CONSTRAINT casework_kind_check CHECK (kind ~ '^[a-z]+(-[a-z]+)*$');
CREATE INDEX casework_erasures ON casework (report_id) WHERE kind = 'erasure';

-- A mailbox that ends under a hold is gone for its reporter, with the keys that were sealed to them. What both sides said
-- stays with the organisation until nothing keeps the report: the nightly pass sees to that, which knows what only keys tell.
CREATE OR REPLACE FUNCTION end_mailbox(wanted bytea) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    DECLARE
      mailbox uuid;
    BEGIN
      PERFORM FROM public.listed_mailboxes m WHERE m.lookup_id = wanted;
      IF NOT FOUND THEN
        RETURN false;
      END IF;
      PERFORM public.take_mailbox_turn(wanted);
      SELECT m.id INTO mailbox FROM public.listed_mailboxes m WHERE m.lookup_id = wanted LIMIT 1;
      IF mailbox IS NULL THEN
        RETURN false;
      END IF;
      -- A mailbox can be ended once: how long it took, once, tells nobody which way it went.
      IF EXISTS (SELECT FROM public.listed_mailboxes m JOIN public.reports r ON r.id = m.report_id
                  WHERE m.lookup_id = wanted AND (r.legal_hold OR r.loosened_on IS NOT NULL)) THEN
        DELETE FROM public.box_mailbox_batch_keys k WHERE k.mailbox_id = mailbox;
        DELETE FROM public.mailbox_batch_keys k WHERE k.mailbox_id = mailbox;
      ELSE
        -- Keys first: what they opened is gone even before the rows are.
        PERFORM public.shred_mailbox(mailbox);
        DELETE FROM public.box_reporter_messages r WHERE r.mailbox_id = mailbox;
        DELETE FROM public.reporter_messages r WHERE r.mailbox_id = mailbox;
        DELETE FROM public.staff_messages s WHERE s.mailbox_id = mailbox;
      END IF;
      DELETE FROM public.box_mailboxes m WHERE m.lookup_id = wanted;
      DELETE FROM public.mailboxes m WHERE m.lookup_id = wanted;
      RETURN true;
    END
  $$;
GRANT SELECT (legal_hold, loosened_on) ON reports TO sotto_definer;
