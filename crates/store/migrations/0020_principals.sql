-- In whose name an organisation writes: its own (the empty name), and that of others for whom it works. What customers see of
-- each, with its logo.
CREATE TABLE principals (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, principal TEXT NOT NULL,
    face TEXT NOT NULL, logo BLOB, logo_hash TEXT,
    PRIMARY KEY (bucket, organisation, principal)
) STRICT;
-- In whose name a message goes; what each of them carries waits apart.
ALTER TABLE outbox ADD COLUMN principal TEXT NOT NULL DEFAULT '';
DROP INDEX outbox_ready;
CREATE INDEX outbox_ready ON outbox (organisation, channel, principal, rank, claim_at) WHERE state = 'ready';
