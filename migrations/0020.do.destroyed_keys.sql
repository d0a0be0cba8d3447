-- Keys that were destroyed are accepted no more. A service that read its keyring just before, or another host's keyring that
-- has the key still, would register it again; and what is then sealed to it would open nowhere.
CREATE TABLE destroyed_keys (
  kid text PRIMARY KEY
);
COMMENT ON TABLE destroyed_keys IS 'Keys that were destroyed: never accepted again, whatever a keyring says.';
COMMENT ON COLUMN destroyed_keys.kid IS 'Key id.';
GRANT SELECT, INSERT ON destroyed_keys TO sotto_triage;

SELECT keep_durable();
