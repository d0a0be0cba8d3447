-- What staff confirm out of a report's text is casework of the kind `entity`: sealed, signed, each version kept. Only
-- what reports are found by needs SQL of its own.

COMMENT ON COLUMN casework.kind IS 'case: the report''s own sealed fields; note; assessment; item; entity: a thing confirmed from its text; message-unlock; erasure; item-decision and message-decision: approval or refusal of that version.';

-- How things are spelled has changed: everything is indexed anew. Where there is nothing, nothing is written: a server that
-- does not flush refuses every write, and a service must be able to start on it and wait.
DO $$
BEGIN
  IF EXISTS (SELECT FROM reports) THEN
    INSERT INTO unindexed (report_id) SELECT id FROM reports ON CONFLICT DO NOTHING;
  END IF;
END $$;
