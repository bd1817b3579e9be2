-- Addresses of other systems that are told what happens here.
CREATE TABLE endpoints (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, endpoint TEXT NOT NULL,
    name TEXT NOT NULL, address TEXT NOT NULL, kinds TEXT NOT NULL, secrets TEXT NOT NULL, created INTEGER NOT NULL,
    state TEXT NOT NULL, since INTEGER NOT NULL, claimed_until INTEGER,
    failures INTEGER NOT NULL, failing_since INTEGER, rests_until INTEGER, trouble TEXT, went_well INTEGER,
    PRIMARY KEY (bucket, organisation, endpoint)
) STRICT;
CREATE INDEX endpoints_by_state ON endpoints (state, organisation, endpoint);
-- What they are told: written in the commit that makes it happen, in the bucket of whom it is about.
CREATE TABLE deliveries (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, endpoint TEXT NOT NULL, delivery TEXT NOT NULL,
    customer BLOB, kind TEXT NOT NULL, time INTEGER NOT NULL, body TEXT NOT NULL,
    state TEXT NOT NULL, due INTEGER, attempts INTEGER NOT NULL, tried INTEGER, status INTEGER, trouble TEXT,
    PRIMARY KEY (bucket, organisation, endpoint, delivery)
) STRICT;
CREATE INDEX deliveries_due ON deliveries (organisation, endpoint, due) WHERE due IS NOT NULL;
CREATE INDEX deliveries_by_time ON deliveries (organisation, endpoint, time);
CREATE INDEX deliveries_of ON deliveries (bucket, organisation, customer) WHERE customer IS NOT NULL;
