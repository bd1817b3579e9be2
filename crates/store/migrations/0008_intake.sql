-- How a source that posts JSON of its own shape proves itself, and where its events stand in that JSON.
CREATE TABLE webhooks (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, source TEXT NOT NULL,
    signing TEXT NOT NULL, mapping TEXT,
    PRIMARY KEY (bucket, organisation, source)
) STRICT;
-- The longest silence that ended on a day: what is usual for its weekday is learnt from it.
ALTER TABLE source_days ADD COLUMN longest_gap_seconds REAL;
-- What we fetch ourselves: an API that is asked again and again, a table that is read every night. `due` is when next; NULL: not
-- before someone says where an event stands in it.
CREATE TABLE fetches (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, source TEXT NOT NULL,
    settings TEXT NOT NULL, secret TEXT, mapping TEXT,
    due INTEGER, place TEXT, progress TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, source)
) STRICT;
CREATE INDEX fetches_by_due ON fetches (due);
-- What a row of such a source said last, so that it is told again only when it says something else.
CREATE TABLE fetched_rows (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, source TEXT NOT NULL, row BLOB NOT NULL, said BLOB NOT NULL,
    PRIMARY KEY (bucket, organisation, source, row)
) STRICT, WITHOUT ROWID;
