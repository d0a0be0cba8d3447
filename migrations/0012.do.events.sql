-- Events: what happened, as ids and kinds, for screens that follow along and records that import; and webhooks, by which
-- they are sent on to other systems. The events themselves are the outbox: they are written in the transaction of the
-- act, and deliveries are made from them afterwards.
--
-- It tells for 30 days what the audit trail tells for longer, and how often which receiver was sent to. Of reporters it
-- tells in which full hours of today something had come, not what and not how much; that is in no log, and goes with the
-- mixing. Addresses and secrets of receivers are sealed.

-- Ids are taken under the lock of the audit trail and so are in the order of commits: whoever has seen one has missed
-- none below it. (A sequence without that lock commits out of order.) Deleting old events does not turn it back.
-- Acts alone move the sequence. An hour at which something came has a number of its own between the act before it and
-- the next: so many hours since 1970 after the act's, which no act takes.
CREATE SEQUENCE event_ids AS bigint INCREMENT BY 1048576 START WITH 1048576;
GRANT SELECT, USAGE ON SEQUENCE event_ids TO sotto_triage;
GRANT USAGE ON SEQUENCE event_ids TO sotto_partner;

CREATE TABLE events (
  id               bigint PRIMARY KEY,
  at               timestamptz NOT NULL,
  kind             text NOT NULL CHECK (kind ~ '^[a-z]+(-[a-z]+)+$'),
  report_id        uuid,
  dissemination_id uuid,
  object_id        uuid,
  CHECK (report_id IS NOT NULL OR dissemination_id IS NOT NULL)
);
CREATE INDEX events_at ON events (at);
COMMENT ON TABLE events IS 'What staff and partners did, written with the audit record of the act. Deleted after 30 days.';
COMMENT ON COLUMN events.id IS 'In the order of commits, in steps of 1048576.';
COMMENT ON COLUMN events.at IS 'When, as the audit record has it.';
COMMENT ON COLUMN events.kind IS 'What was done to what: item-approved, attachment-quarantined.';
COMMENT ON COLUMN events.report_id IS 'The report. Who may not see it is not shown the event.';
COMMENT ON COLUMN events.dissemination_id IS 'What a partner answered, who knows no report; it leads to the report.';
COMMENT ON COLUMN events.object_id IS 'The item, note, image or other thing of the report, if it was about one.';
GRANT SELECT, INSERT, DELETE ON events TO sotto_triage;
GRANT INSERT ON events TO sotto_partner;

-- Not logged: the write-ahead log would keep the hour. The nightly pass empties it, since after the mixing nothing may
-- tell the time of a day's reports.
CREATE UNLOGGED TABLE arrival_events (
  id bigint PRIMARY KEY,
  at timestamptz NOT NULL UNIQUE CHECK (date_trunc('hour', at, 'UTC') = at)
);
COMMENT ON TABLE arrival_events IS 'Full hours at which something had come from reporters since the hour before. Not what, not how much.';
COMMENT ON COLUMN arrival_events.id IS 'That of the act before it, and hours since 1970: no act counts it, so nothing tells of it once it is forgotten.';
COMMENT ON COLUMN arrival_events.at IS 'The full hour, UTC.';
GRANT SELECT, INSERT, TRUNCATE ON arrival_events TO sotto_triage;

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
  signature   bytea NOT NULL CHECK (octet_length(signature) = 64),
  not_before  timestamptz
);
ALTER TABLE webhooks ALTER COLUMN body SET STORAGE EXTERNAL;
COMMENT ON TABLE webhooks IS 'Where events are sent. One that was written into the database is not used: it is not signed.';
COMMENT ON COLUMN webhooks.id IS 'Random UUID v4.';
COMMENT ON COLUMN webhooks.version IS 'Moves with each change; the ETag.';
COMMENT ON COLUMN webhooks.active IS 'False: nothing is sent, and no events are put by.';
COMMENT ON COLUMN webhooks.kinds IS 'Kinds of events that it wants; null: all.';
COMMENT ON COLUMN webhooks.since IS 'It gets events after this one: the newest act when it was made or last changed, and the hour of that.';
COMMENT ON COLUMN webhooks.author IS 'Who made or last changed it; service, where the receiver had gone.';
COMMENT ON COLUMN webhooks.sealed_on IS 'UTC day, bound into the body.';
COMMENT ON COLUMN webhooks.batch_id IS 'A batch of its own.';
COMMENT ON COLUMN webhooks.wrapped_key IS 'Its data key.';
COMMENT ON COLUMN webhooks.body IS 'Sealed: address, secret, and for a day the secret before.';
COMMENT ON COLUMN webhooks.signature IS 'Ed25519 of the keyring''s sign key over id, version, author, all of the above and the body.';
COMMENT ON COLUMN webhooks.not_before IS 'Before when the receiver wants nothing, as it said when an act was sent. Never set by what tells of an arrival: that would tell its hour.';
GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks TO sotto_triage;

CREATE TABLE webhook_position (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  event_id bigint NOT NULL
);
COMMENT ON TABLE webhook_position IS 'How far deliveries were made from the events. Whoever makes them holds its one row.';
COMMENT ON COLUMN webhook_position.only_row IS 'There is one.';
COMMENT ON COLUMN webhook_position.event_id IS 'Of all events up to this one deliveries were made. Ids are in the order of commits: none comes later below it.';
GRANT SELECT, UPDATE ON webhook_position TO sotto_triage;
INSERT INTO webhook_position (event_id) VALUES (0);

-- Those of arrivals are not logged, and emptied by the nightly pass, like arrival_events: nothing else may keep the hours.
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
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_deliveries TO sotto_triage;
GRANT SELECT, INSERT, TRUNCATE ON webhook_deliveries_of_arrivals TO sotto_triage;

SELECT keep_durable();
