-- How fast an organisation sends by a channel: messages per minute, and of what is behind after a pause or an outage.
ALTER TABLE senders ADD COLUMN per_minute INTEGER;
ALTER TABLE senders ADD COLUMN catch_up INTEGER;
CREATE TABLE paces (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, name TEXT NOT NULL,
    tokens INTEGER NOT NULL, filled INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation, name)
) STRICT;
-- Times in which staff hold messages back.
CREATE TABLE halts (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, halt BLOB NOT NULL,
    until INTEGER NOT NULL, made INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, halt)
) STRICT;
-- Where messages stand and why, also by touchpoint and since a moment, without looking at the messages themselves.
DROP INDEX outbox_by_state;
CREATE INDEX outbox_by_journey ON outbox (organisation, journey, decided, touchpoint, state, reason);
