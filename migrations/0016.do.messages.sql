-- Two-way messages: drafts, decisions about them, and the lock of CHIS review.

ALTER TABLE staff_messages ADD COLUMN written_at timestamptz NOT NULL DEFAULT now();
COMMENT ON COLUMN staff_messages.written_at IS 'When it was written: staff acts have times. Never shown to the reporter.';
COMMENT ON COLUMN staff_messages.version IS 'Of the text, which nobody edits: 1.';
COMMENT ON COLUMN staff_messages.batch_id IS 'A batch of its own: sealed to the organisation alone while it is a draft; when it is sent, a new one, sealed to the mailbox too.';
COMMENT ON COLUMN staff_messages.body IS 'The sealed text; sealed anew when it is sent.';
COMMENT ON COLUMN staff_messages.signature IS 'Ed25519 of the keyring''s sign key over id, report, author, decision (draft, or sent with number and day) and ciphertext.';

-- Makes the unread count of a report in a page one look-up in an index, as box_reporter_messages_report does for
-- what still lies in the box.
CREATE INDEX reporter_messages_unread ON reporter_messages (report_id) WHERE NOT read;

ALTER TABLE casework DROP CONSTRAINT casework_kind_check;
ALTER TABLE casework ADD CONSTRAINT casework_kind_check CHECK (kind IN (
  'case', 'note', 'assessment', 'item', 'item-decision', 'message-decision', 'message-unlock'));
COMMENT ON COLUMN casework.kind IS 'case: the report''s own sealed fields; note; assessment; item; item-decision: approval or refusal of that version of an item; message-decision: the same of a message; message-unlock: a supervisor lets messages be sent again.';
COMMENT ON COLUMN casework.id IS 'The thing: for case, assessment and unlock the report''s id, for a decision the item''s or message''s.';
