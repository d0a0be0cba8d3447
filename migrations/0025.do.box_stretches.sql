-- The mixing walks what was added to reports by report and id, a hundred rows at a time: by one index, however much lies
-- there. By the order of ids alone it walked the whole half for each hundred.
CREATE INDEX box_reporter_messages_stretch ON box_reporter_messages (report_id, id);
CREATE INDEX box_attachments_stretch ON box_attachments (report_id, id);
DROP INDEX box_reporter_messages_report;
DROP INDEX box_attachments_report;
