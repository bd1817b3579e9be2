-- Who works: a row per lease. What is written under a lease is written only while its row is there, and whoever takes over
-- takes the row away first. `format`: of what the worker remembers of customers.
CREATE TABLE leases (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, lease BLOB NOT NULL,
    until INTEGER NOT NULL, format INTEGER NOT NULL, version TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, lease)
) STRICT;
-- Whose each bucket is; free without a lease, or when the row of the lease is gone. `format`: of the last that held it.
CREATE TABLE held_buckets (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL,
    lease BLOB, format INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation)
) STRICT;
INSERT INTO held_buckets (bucket, organisation, format)
    WITH RECURSIVE numbers (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM numbers WHERE number < 1023)
    SELECT number, '', 0 FROM numbers;
