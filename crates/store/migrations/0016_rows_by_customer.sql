-- files only
-- Customers and their runs lie in the order of their keys: whose moments come at the same time are then read and written page by
-- page. A server keeps its rows in an order of its own.
ALTER TABLE customers RENAME TO customers_before;
CREATE TABLE customers (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, customer BLOB NOT NULL,
    revision INTEGER NOT NULL, forwards_to BLOB, created INTEGER NOT NULL, updated INTEGER NOT NULL,
    profile TEXT NOT NULL, memory BLOB, erased INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (bucket, organisation, customer)
) STRICT, WITHOUT ROWID;
INSERT INTO customers SELECT * FROM customers_before ORDER BY bucket, organisation, customer;
DROP TABLE customers_before;
CREATE INDEX customers_by_update ON customers (organisation, updated);
ALTER TABLE runs RENAME TO runs_before;
CREATE TABLE runs (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, customer BLOB NOT NULL, run BLOB NOT NULL,
    journey TEXT NOT NULL, version TEXT NOT NULL, key TEXT, generation INTEGER NOT NULL, started INTEGER NOT NULL,
    status TEXT NOT NULL, ended INTEGER, ended_after TEXT, ended_reason TEXT, listens_until INTEGER,
    goal INTEGER, dropped INTEGER, dropped_after TEXT, dropped_reason TEXT,
    at TEXT, due INTEGER, revision INTEGER NOT NULL, seq INTEGER NOT NULL, state BLOB NOT NULL,
    PRIMARY KEY (bucket, organisation, customer, run)
) STRICT, WITHOUT ROWID;
INSERT INTO runs SELECT * FROM runs_before ORDER BY bucket, organisation, customer, run;
DROP TABLE runs_before;
CREATE INDEX runs_due ON runs (organisation, journey, due, bucket, customer) WHERE due IS NOT NULL;
CREATE INDEX runs_by_seq ON runs (organisation, journey, seq) WHERE seq >= 0;
CREATE INDEX runs_open_at ON runs (organisation, journey, at) WHERE status = 'open';
