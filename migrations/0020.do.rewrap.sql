-- What is kept longer than its period moves to new batch keys: of what staff wrote, the wrapped key and nothing else.
GRANT UPDATE (batch_id, wrapped_key) ON casework TO sotto_triage;
