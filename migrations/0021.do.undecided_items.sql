-- What waits for a second person is listed for whoever may decide it (docs/triage.md). Messages, urgent disseminations and
-- closures say in the clear that they wait; of an item that follows from two rows of casework, of which there are ever more.
--
-- It tells what casework tells: which item of which report was written by whom, and when, and that nobody has decided it.
-- The service believes nothing of it: what an item is, and whether it is decided, say the signed rows.

CREATE TABLE undecided_items (
  id         uuid PRIMARY KEY,
  version    integer NOT NULL CHECK (version > 0),
  report_id  uuid NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  author     uuid NOT NULL,
  written_at timestamptz NOT NULL
);
CREATE INDEX undecided_items_since ON undecided_items (written_at, id);
CREATE INDEX undecided_items_of_report ON undecided_items (report_id);
COMMENT ON TABLE undecided_items IS 'Items of which nobody has approved or refused the newest version.';
COMMENT ON COLUMN undecided_items.id IS 'The item.';
COMMENT ON COLUMN undecided_items.version IS 'Its newest version.';
COMMENT ON COLUMN undecided_items.report_id IS 'The report.';
COMMENT ON COLUMN undecided_items.author IS 'The person who wrote that version.';
COMMENT ON COLUMN undecided_items.written_at IS 'When: staff acts have times.';
GRANT SELECT, INSERT, UPDATE, DELETE ON undecided_items TO sotto_triage;

-- By the rows themselves, so that an older version of the service beside this one keeps it as well.
CREATE FUNCTION note_undecided_item() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM undecided_items WHERE id = OLD.id AND version = OLD.version;
  ELSIF NEW.kind = 'item' THEN
    INSERT INTO undecided_items AS known (id, version, report_id, author, written_at)
    VALUES (NEW.id, NEW.version, NEW.report_id, NEW.author, NEW.written_at)
    ON CONFLICT (id) DO UPDATE
      SET version = excluded.version, author = excluded.author, written_at = excluded.written_at
      WHERE known.version < excluded.version;
  ELSE
    DELETE FROM undecided_items WHERE id = NEW.id AND version = NEW.version;
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION note_undecided_item IS 'Keeps undecided_items as casework has it.';
REVOKE ALL ON FUNCTION note_undecided_item FROM PUBLIC;
GRANT EXECUTE ON FUNCTION note_undecided_item TO sotto_triage;
CREATE TRIGGER casework_undecided AFTER INSERT ON casework
  FOR EACH ROW WHEN (NEW.kind IN ('item', 'item-decision')) EXECUTE FUNCTION note_undecided_item();
CREATE TRIGGER casework_gone AFTER DELETE ON casework
  FOR EACH ROW WHEN (OLD.kind = 'item') EXECUTE FUNCTION note_undecided_item();

INSERT INTO undecided_items (id, version, report_id, author, written_at)
SELECT c.id, c.version, c.report_id, c.author, c.written_at FROM casework c
 WHERE c.kind = 'item'
   AND NOT EXISTS (SELECT FROM casework n WHERE n.kind = 'item' AND n.id = c.id AND n.version > c.version)
   AND NOT EXISTS (SELECT FROM casework d WHERE d.kind = 'item-decision' AND d.id = c.id AND d.version = c.version);

CREATE INDEX staff_messages_pending ON staff_messages (written_at, id) WHERE status = 'pending';

SELECT keep_durable();
