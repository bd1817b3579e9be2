-- Which customers turned out to be one, with what is needed to take them apart again. A merge lives with the customer that
-- remained.
CREATE TABLE merges (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, winner BLOB NOT NULL, loser BLOB NOT NULL, time INTEGER NOT NULL,
    source TEXT NOT NULL, event TEXT NOT NULL, kept BLOB NOT NULL, undone INTEGER, undone_by BLOB,
    PRIMARY KEY (bucket, organisation, winner, loser, time)
) STRICT;
CREATE INDEX merges_by_time ON merges (organisation, time);
