-- Webhooks: events are sent on to other systems, as ids and kinds. The events themselves are the outbox: they are
-- written in the transaction of the act, and deliveries are made from them afterwards.

CREATE TABLE webhooks (
  id          uuid PRIMARY KEY,
  version     integer NOT NULL CHECK (version >= 1),
  active      boolean NOT NULL,
  kinds       text[],
  since       bigint NOT NULL,
  author      text NOT NULL,
  sealed_on   date NOT NULL,
  batch_id    uuid NOT NULL,
  wrapped_key bytea NOT NULL,
  body        bytea NOT NULL,
  signature   bytea NOT NULL CHECK (octet_length(signature) = 64)
);
ALTER TABLE webhooks ALTER COLUMN body SET STORAGE EXTERNAL;
COMMENT ON TABLE webhooks IS 'Where events are sent. One that was written into the database is not used: it is not signed.';
COMMENT ON COLUMN webhooks.id IS 'Random UUID v4.';
COMMENT ON COLUMN webhooks.version IS 'Moves with each change; the ETag.';
COMMENT ON COLUMN webhooks.active IS 'False: nothing is sent, and no events are put by.';
COMMENT ON COLUMN webhooks.kinds IS 'Kinds of events that it wants; null: all.';
COMMENT ON COLUMN webhooks.since IS 'It gets events after this one: the newest when it was made or last changed.';
COMMENT ON COLUMN webhooks.author IS 'Who made or last changed it; service, where the receiver had gone.';
COMMENT ON COLUMN webhooks.sealed_on IS 'UTC day, bound into the body.';
COMMENT ON COLUMN webhooks.batch_id IS 'A batch of its own.';
COMMENT ON COLUMN webhooks.wrapped_key IS 'Its data key.';
COMMENT ON COLUMN webhooks.body IS 'Sealed: address, secret, and for a day the secret before.';
COMMENT ON COLUMN webhooks.signature IS 'Ed25519 of the keyring''s sign key over id, version, author, all of the above and the body.';

CREATE TABLE webhook_position (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  event_id bigint NOT NULL
);
INSERT INTO webhook_position (event_id) VALUES (0);
COMMENT ON TABLE webhook_position IS 'How far deliveries were made from the events. Whoever makes them holds its one row.';
COMMENT ON COLUMN webhook_position.only_row IS 'There is one.';
COMMENT ON COLUMN webhook_position.event_id IS 'Of all events up to this one deliveries were made. Ids are in the order of commits: none comes later below it.';

CREATE TABLE webhook_deliveries (
  id              uuid NOT NULL,
  arrival         boolean NOT NULL,
  webhook_id      uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  event_id        bigint NOT NULL,
  kind            text NOT NULL,
  at              timestamptz NOT NULL,
  status          text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'dead')),
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  last_status     integer,
  failure         text CHECK (failure IN ('address-refused', 'not-reached', 'timed-out')),
  PRIMARY KEY (id, arrival),
  UNIQUE (webhook_id, event_id, arrival)
) PARTITION BY LIST (arrival);
CREATE TABLE webhook_deliveries_of_acts PARTITION OF webhook_deliveries FOR VALUES IN (false);
-- Not logged, and emptied by the nightly pass, like arrival_events: nothing else may keep the hours.
CREATE UNLOGGED TABLE webhook_deliveries_of_arrivals PARTITION OF webhook_deliveries FOR VALUES IN (true);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, next_attempt_at) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_at ON webhook_deliveries (at);
COMMENT ON TABLE webhook_deliveries IS 'Each event once for each webhook that wants it. Deleted after 30 days.';
COMMENT ON TABLE webhook_deliveries_of_acts IS 'Of what staff and partners did.';
COMMENT ON TABLE webhook_deliveries_of_arrivals IS 'Of full hours at which something had come from reporters. Of today alone, and in no log.';
COMMENT ON COLUMN webhook_deliveries.id IS 'Random UUID v4: the webhook-id that the receiver is sent, the same at each attempt.';
COMMENT ON COLUMN webhook_deliveries.arrival IS 'Whether it is of something-new.';
COMMENT ON COLUMN webhook_deliveries.webhook_id IS 'To where.';
COMMENT ON COLUMN webhook_deliveries.event_id IS 'The event.';
COMMENT ON COLUMN webhook_deliveries.kind IS 'Its kind.';
COMMENT ON COLUMN webhook_deliveries.at IS 'When it happened.';
COMMENT ON COLUMN webhook_deliveries.status IS 'pending: to be sent; delivered: answered 2xx; dead: given up.';
COMMENT ON COLUMN webhook_deliveries.attempts IS 'How often it was sent, the attempt under way included.';
COMMENT ON COLUMN webhook_deliveries.next_attempt_at IS 'When it is due. Of an attempt under way: when it counts as lost with its instance.';
COMMENT ON COLUMN webhook_deliveries.last_status IS 'HTTP status of the last answer, if there was one. Nothing else of it is kept.';
COMMENT ON COLUMN webhook_deliveries.failure IS 'Why there was no answer.';

GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks, webhook_deliveries TO sotto_triage;
GRANT SELECT, INSERT, TRUNCATE ON webhook_deliveries_of_arrivals TO sotto_triage;
GRANT SELECT, UPDATE ON webhook_position TO sotto_triage;
