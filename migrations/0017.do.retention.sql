-- What is kept no longer. Keys go first, rows after; what remains is an erasure record without content.

CREATE INDEX reports_due ON reports (review_group, received_on, id) WHERE NOT legal_hold;

-- An erasure must not leave the trail without the record of it, but reasons in words are sealed: their keys can go.
GRANT EXECUTE ON FUNCTION end_mailbox(bytea) TO sotto_triage;
