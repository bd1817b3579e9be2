-- How a source that posts JSON of its own shape proves itself, and where its events stand in that JSON.
CREATE TABLE webhooks (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, source TEXT NOT NULL,
    signing TEXT NOT NULL, mapping TEXT,
    PRIMARY KEY (bucket, organisation, source)
) STRICT;
-- The longest silence that ended on a day: what is usual for its weekday is learnt from it.
ALTER TABLE source_days ADD COLUMN longest_gap_seconds REAL;
