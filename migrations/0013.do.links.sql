-- Names of things that two reports share, found without storing them: keyed hashes of whole, normalised values.
-- Computed by triage alone, once a report has left the box: earlier rows would keep the order of arrival.
--
-- It tells which reports name the same thing, of what kind, and what staff decided about that. Not what the thing is:
-- without the index key, which is in no database, a token leads back to no value, and guesses cannot be tried.

CREATE TABLE index_tokens (
  kind      text NOT NULL,
  token     bytea NOT NULL CHECK (octet_length(token) = 32),
  report_id uuid NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  kid       text NOT NULL,
  PRIMARY KEY (kind, token, report_id)
);
CREATE INDEX index_tokens_report ON index_tokens (report_id);
CREATE INDEX index_tokens_kid ON index_tokens (kid);
COMMENT ON TABLE index_tokens IS 'Which reports name the same thing: HMAC-SHA-256 of the normalised value under the index key.';
COMMENT ON COLUMN index_tokens.kind IS 'registration, phone, handle, account, address, uprn or organisation.';
COMMENT ON COLUMN index_tokens.token IS 'Equal for equal values; without the index key it leads back to none.';
COMMENT ON COLUMN index_tokens.report_id IS 'A report that names it.';
COMMENT ON COLUMN index_tokens.kid IS 'The index key; a new one makes everything be indexed again.';
GRANT SELECT, INSERT, UPDATE, DELETE ON index_tokens TO sotto_triage;

CREATE TABLE links (
  id           uuid PRIMARY KEY,
  kind         text NOT NULL,
  token        bytea NOT NULL,
  first        uuid NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  second       uuid NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  status       text NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'confirmed', 'rejected')),
  independence text NOT NULL DEFAULT 'unknown' CHECK (independence IN ('unknown', 'likely', 'established')),
  version      integer NOT NULL DEFAULT 1,
  decided_by   uuid,
  by_supervisor boolean NOT NULL DEFAULT false,
  signature    bytea,
  CHECK (first < second),
  CHECK ((status = 'proposed') = (signature IS NULL)),
  UNIQUE (kind, first, second)
);
CREATE INDEX links_second ON links (second);
CREATE INDEX links_first ON links (first);
CREATE INDEX links_thing ON links (kind, token);
COMMENT ON TABLE links IS 'Two reports that name the same thing, and what a person decided about it. Reports are never merged.';
COMMENT ON COLUMN links.id IS 'Random UUID v4.';
COMMENT ON COLUMN links.kind IS 'What sort of thing they share.';
COMMENT ON COLUMN links.token IS 'Which thing, as a keyed hash.';
COMMENT ON COLUMN links.first IS 'The report with the lower id.';
COMMENT ON COLUMN links.second IS 'The other.';
COMMENT ON COLUMN links.status IS 'Proposed by the indexer; confirmed or rejected by a person.';
COMMENT ON COLUMN links.independence IS 'Whether two people are behind them.';
COMMENT ON COLUMN links.version IS 'Moves with each decision.';
COMMENT ON COLUMN links.decided_by IS 'Who decided.';
COMMENT ON COLUMN links.by_supervisor IS 'Whether a supervisor did.';
COMMENT ON COLUMN links.signature IS 'Ed25519 of the keyring''s sign key over the decision.';
GRANT SELECT, INSERT, UPDATE, DELETE ON links TO sotto_triage;

SELECT keep_durable();
