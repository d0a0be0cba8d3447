-- An agency that is found to be in conflict with what it submitted itself must not notice it: what it was told before stays as
-- it was. So what that was is kept when the conflict is set, and forgotten when it is lifted. The partner role can read neither
-- column. Where a conflict was set before this migration nothing is kept, and the agency sees what it saw.
ALTER TABLE submissions ADD COLUMN told_status text CHECK (told_status IN ('received', 'reviewed', 'shared', 'closed'));
ALTER TABLE submissions ADD COLUMN told_graded boolean CHECK ((told_graded IS NULL) = (told_status IS NULL));
COMMENT ON COLUMN submissions.told_status IS 'What its agency was told of it last, where that is in conflict with it.';
COMMENT ON COLUMN submissions.told_graded IS 'Whether it was too late to take it back by then.';
