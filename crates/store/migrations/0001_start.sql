-- Times are integer microseconds UTC, days are ISO dates, ids are 16-byte blobs, hashes 32-byte blobs, JSON is text.
-- Every key is led by (bucket, organisation). No triggers, no sequences, no defaults that look at a clock.

CREATE TABLE openings (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL,
    times INTEGER NOT NULL, checks INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation)
) STRICT;
INSERT INTO openings (bucket, organisation, times, checks) VALUES (0, '', 0, 0);

CREATE TABLE organisations (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL,
    text TEXT NOT NULL, created INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation)
) STRICT;

CREATE TABLE accounts (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, account BLOB NOT NULL,
    email TEXT NOT NULL, email_key TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
    password_hash TEXT, language TEXT NOT NULL, team TEXT, created INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation, account),
    UNIQUE (bucket, organisation, email_key)
) STRICT;
CREATE INDEX accounts_by_email ON accounts (email_key);

CREATE TABLE sessions (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, token_hash BLOB NOT NULL,
    account BLOB NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL, last_seen INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation, token_hash)
) STRICT;
CREATE INDEX sessions_by_token ON sessions (token_hash);
CREATE INDEX sessions_by_account ON sessions (bucket, organisation, account);
CREATE INDEX sessions_by_expiry ON sessions (expires);

CREATE TABLE audit (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, time INTEGER NOT NULL, id BLOB NOT NULL,
    account BLOB, what TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, time, id)
) STRICT;

CREATE TABLE links (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, hash BLOB NOT NULL,
    purpose TEXT NOT NULL, subject_key TEXT NOT NULL, subject TEXT NOT NULL,
    created INTEGER NOT NULL, expires INTEGER NOT NULL, used INTEGER,
    PRIMARY KEY (bucket, organisation, hash)
) STRICT;
CREATE INDEX links_by_hash ON links (hash);
CREATE INDEX links_by_subject ON links (bucket, organisation, purpose, subject_key);

CREATE TABLE keys (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, hash BLOB NOT NULL,
    source TEXT, role TEXT, name TEXT NOT NULL,
    created INTEGER NOT NULL, last_used INTEGER, revoked INTEGER,
    PRIMARY KEY (bucket, organisation, hash)
) STRICT;
CREATE INDEX keys_by_hash ON keys (hash);

CREATE TABLE sources (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, source TEXT NOT NULL,
    name TEXT NOT NULL, kind TEXT NOT NULL, created INTEGER NOT NULL,
    last_received INTEGER, usual_gap_seconds REAL,
    received INTEGER NOT NULL, refused INTEGER NOT NULL, duplicate INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation, source)
) STRICT;

CREATE TABLE source_days (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, source TEXT NOT NULL, day TEXT NOT NULL,
    received INTEGER NOT NULL, refused INTEGER NOT NULL, duplicate INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation, source, day)
) STRICT;

CREATE TABLE rejected (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, id BLOB NOT NULL,
    source TEXT NOT NULL, received INTEGER NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, raw TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, id)
) STRICT;
CREATE INDEX rejected_by_time ON rejected (bucket, organisation, received);

CREATE TABLE journeys (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, journey TEXT NOT NULL,
    title TEXT NOT NULL, created INTEGER NOT NULL, live TEXT, mode TEXT NOT NULL, paused INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation, journey)
) STRICT;

CREATE TABLE drafts (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, journey TEXT NOT NULL,
    files TEXT NOT NULL, base TEXT, revision INTEGER NOT NULL, updated INTEGER NOT NULL, updated_by BLOB,
    PRIMARY KEY (bucket, organisation, journey)
) STRICT;

CREATE TABLE versions (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, journey TEXT NOT NULL, hash TEXT NOT NULL,
    number INTEGER NOT NULL, files TEXT NOT NULL, published INTEGER NOT NULL, published_by BLOB, note TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, journey, hash),
    UNIQUE (bucket, organisation, journey, number)
) STRICT;

CREATE TABLE senders (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, channel TEXT NOT NULL,
    transport TEXT NOT NULL, config TEXT NOT NULL, from_name TEXT NOT NULL, from_address TEXT NOT NULL,
    reply_to TEXT, tested INTEGER,
    PRIMARY KEY (bucket, organisation, channel)
) STRICT;

CREATE TABLE staff_addresses (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, channel, address)
) STRICT;

CREATE TABLE suppressions (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL,
    reason TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation, channel, address)
) STRICT;

CREATE TABLE imports (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, id BLOB NOT NULL,
    file_name TEXT NOT NULL, kind TEXT NOT NULL, mapping TEXT NOT NULL, state TEXT NOT NULL,
    read_bytes INTEGER NOT NULL, total_bytes INTEGER NOT NULL, report TEXT NOT NULL,
    created INTEGER NOT NULL, finished INTEGER,
    PRIMARY KEY (bucket, organisation, id)
) STRICT;

-- What comes in.

CREATE TABLE events (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, source TEXT NOT NULL, event TEXT NOT NULL,
    arrival INTEGER NOT NULL, time INTEGER NOT NULL, received INTEGER NOT NULL, body TEXT NOT NULL,
    customer BLOB, state TEXT NOT NULL, waits_for TEXT, until INTEGER, reason TEXT, detail TEXT,
    PRIMARY KEY (bucket, organisation, source, event)
) STRICT;
CREATE INDEX events_to_apply ON events (arrival) WHERE state = 'new';
CREATE INDEX events_by_arrival ON events (organisation, arrival);
CREATE INDEX events_of_customer ON events (organisation, customer, time) WHERE customer IS NOT NULL;
CREATE INDEX events_waiting ON events (organisation, waits_for) WHERE state = 'waiting';
CREATE INDEX events_waiting_until ON events (until) WHERE state = 'waiting';
CREATE INDEX events_in_quarantine ON events (organisation, received) WHERE state = 'quarantined';

-- Who is who. An alias and an object live in the bucket of their own name, where an event that bears it is accepted.

CREATE TABLE aliases (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
    customer BLOB NOT NULL,
    PRIMARY KEY (bucket, organisation, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_of_customer ON aliases (organisation, customer);

CREATE TABLE objects (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, kind TEXT NOT NULL, object TEXT NOT NULL,
    customer BLOB NOT NULL, run BLOB,
    PRIMARY KEY (bucket, organisation, kind, object)
) STRICT, WITHOUT ROWID;

-- Customers on their way.

CREATE TABLE customers (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, customer BLOB NOT NULL,
    revision INTEGER NOT NULL, forwards_to BLOB, created INTEGER NOT NULL, updated INTEGER NOT NULL,
    profile TEXT NOT NULL, memory BLOB,
    PRIMARY KEY (bucket, organisation, customer)
) STRICT;
CREATE INDEX customers_by_update ON customers (organisation, updated);

CREATE TABLE customer_words (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, customer BLOB NOT NULL, kind TEXT NOT NULL, word TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, customer, kind, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_words_by_word ON customer_words (organisation, word);

CREATE TABLE runs (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, customer BLOB NOT NULL, run BLOB NOT NULL,
    journey TEXT NOT NULL, version TEXT NOT NULL, key TEXT, generation INTEGER NOT NULL, started INTEGER NOT NULL,
    status TEXT NOT NULL, ended INTEGER, ended_after TEXT, ended_reason TEXT, listens_until INTEGER,
    goal INTEGER, dropped INTEGER, dropped_after TEXT, dropped_reason TEXT,
    at TEXT, due INTEGER, revision INTEGER NOT NULL, seq INTEGER NOT NULL, state BLOB NOT NULL,
    PRIMARY KEY (bucket, organisation, customer, run)
) STRICT;
CREATE INDEX runs_due ON runs (organisation, journey, due) WHERE due IS NOT NULL;
CREATE INDEX runs_by_seq ON runs (organisation, journey, seq);
CREATE INDEX runs_open_at ON runs (organisation, journey, at) WHERE status = 'open';

CREATE TABLE removed_runs (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, customer BLOB NOT NULL, run BLOB NOT NULL,
    journey TEXT NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation, customer, run)
) STRICT;
CREATE INDEX removed_runs_by_seq ON removed_runs (organisation, journey, seq);

CREATE TABLE contacts (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, customer BLOB NOT NULL, run BLOB NOT NULL,
    sequence INTEGER NOT NULL, seq INTEGER NOT NULL,
    journey TEXT NOT NULL, version TEXT NOT NULL, touchpoint TEXT NOT NULL, visit INTEGER NOT NULL,
    time INTEGER NOT NULL, recorded INTEGER NOT NULL,
    channel TEXT, place TEXT, staff TEXT, outcome TEXT, reason TEXT, score REAL, event TEXT NOT NULL, object TEXT,
    PRIMARY KEY (bucket, organisation, customer, run, sequence)
) STRICT;
CREATE INDEX contacts_by_seq ON contacts (organisation, journey, seq);
CREATE INDEX contacts_at ON contacts (organisation, journey, touchpoint, time);

CREATE TABLE learnt (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, customer BLOB NOT NULL, run BLOB NOT NULL,
    seq INTEGER NOT NULL, place INTEGER NOT NULL, sequence INTEGER NOT NULL,
    journey TEXT NOT NULL, time INTEGER NOT NULL, lesson TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, customer, run, seq, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX learnt_by_seq ON learnt (organisation, journey, seq);

CREATE TABLE decisions (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, customer BLOB NOT NULL, run BLOB NOT NULL,
    seq INTEGER NOT NULL, place INTEGER NOT NULL, time INTEGER NOT NULL, decision TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, customer, run, seq, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_counts (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, journey TEXT NOT NULL, touchpoint TEXT NOT NULL, day TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation, journey, touchpoint, day)
) STRICT, WITHOUT ROWID;

-- What goes out. `rank` is 0 for service, 1 for marketing; `claim_at` is the moment from which a ready row may be carried.

CREATE TABLE outbox (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, customer BLOB NOT NULL, key TEXT NOT NULL,
    run BLOB NOT NULL, journey TEXT NOT NULL, touchpoint TEXT NOT NULL, decided INTEGER NOT NULL, send TEXT NOT NULL,
    rank INTEGER NOT NULL, claim_at INTEGER NOT NULL,
    state TEXT NOT NULL, reason TEXT NOT NULL, moment INTEGER, reference TEXT, attempt INTEGER,
    channel TEXT, address TEXT, tried TEXT NOT NULL, attempts INTEGER NOT NULL, next_attempt INTEGER,
    last_error TEXT, rendered TEXT,
    PRIMARY KEY (bucket, organisation, customer, key)
) STRICT;
CREATE INDEX outbox_ready ON outbox (organisation, rank, claim_at) WHERE state = 'ready';
CREATE INDEX outbox_held ON outbox (organisation, moment) WHERE state = 'held';
CREATE INDEX outbox_sending ON outbox (moment) WHERE state = 'sending';
CREATE INDEX outbox_by_key ON outbox (organisation, key);
CREATE INDEX outbox_by_time ON outbox (organisation, decided);
CREATE INDEX outbox_by_state ON outbox (organisation, journey, state, reason);

CREATE TABLE tasks (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, customer BLOB NOT NULL, key TEXT NOT NULL,
    run BLOB NOT NULL, journey TEXT NOT NULL, touchpoint TEXT NOT NULL,
    team TEXT NOT NULL, title TEXT NOT NULL, due INTEGER, script TEXT, facts TEXT NOT NULL, object TEXT, made INTEGER NOT NULL,
    state TEXT NOT NULL, done INTEGER, done_by BLOB, channel TEXT, note TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, customer, key)
) STRICT;
CREATE INDEX tasks_open ON tasks (organisation, team, due) WHERE state = 'open';
CREATE INDEX tasks_by_key ON tasks (organisation, key);
