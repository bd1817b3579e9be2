-- Only lists of events look through these. A condition that always holds keeps them from being taken for a key by a database
-- that has not counted its rows yet.
DROP INDEX events_by_arrival;
CREATE INDEX events_by_arrival ON events (organisation, arrival) WHERE arrival >= 0;
DROP INDEX events_named;
CREATE INDEX events_named ON events (organisation, source, name, arrival) WHERE name <> '';
DROP INDEX runs_by_seq;
CREATE INDEX runs_by_seq ON runs (organisation, journey, seq) WHERE seq >= 0;
