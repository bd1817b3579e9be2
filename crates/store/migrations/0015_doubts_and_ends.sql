-- That a message may have arrived, in a column instead of the words of its last error: 'unanswered' by a provider that had it,
-- 'restored' when it may have gone before the store was restored from a backup.
ALTER TABLE outbox ADD COLUMN doubt TEXT;
UPDATE outbox SET doubt = 'unanswered' WHERE state IN ('ready', 'sending', 'unknown', 'held')
    AND (last_error LIKE '%Misschien is het aangekomen%' OR last_error LIKE '%It may have arrived%');
UPDATE outbox SET doubt = 'restored' WHERE state IN ('ready', 'sending', 'unknown', 'held')
    AND last_error IN ('na terugzetten: is dit al verstuurd?', 'after restoring: was this sent before?');
-- When a row of a table that is fetched was seen last, so that what is not in it any more is forgotten in the end.
ALTER TABLE fetched_rows ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
UPDATE fetched_rows SET seen = COALESCE((SELECT last_received FROM sources WHERE sources.bucket = fetched_rows.bucket
    AND sources.organisation = fetched_rows.organisation AND sources.source = fetched_rows.source), 0);
