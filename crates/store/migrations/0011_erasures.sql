-- Who was erased: digests, never names. `customer` is there only until the facts are nobody's any more.
CREATE TABLE salts (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, salt BLOB NOT NULL,
    PRIMARY KEY (bucket, organisation)
) STRICT;
CREATE TABLE erasures (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, erasure BLOB NOT NULL,
    asked INTEGER NOT NULL, done INTEGER, step TEXT NOT NULL, customer BLOB, digest BLOB NOT NULL,
    PRIMARY KEY (bucket, organisation, erasure)
) STRICT;
CREATE INDEX erasures_open ON erasures (asked) WHERE done IS NULL;
-- What no event may bring back.
CREATE TABLE tombstones (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, digest BLOB NOT NULL, erasure BLOB NOT NULL,
    PRIMARY KEY (bucket, organisation, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstones_of ON tombstones (organisation, erasure);
-- 1 from the moment at which somebody is being erased; what is left of them keeps it.
ALTER TABLE customers ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
-- What belongs to one customer is found without reading the rest.
CREATE INDEX objects_of_customer ON objects (organisation, customer);
CREATE INDEX merges_by_loser ON merges (organisation, loser);
