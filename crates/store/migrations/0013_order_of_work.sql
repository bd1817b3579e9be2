-- What waits for somebody is looked up with every change of them; most have much history and nothing that waits.
CREATE INDEX events_waiting_of ON events (organisation, customer) WHERE state = 'waiting';
-- Many are due at one moment of the day: whose rows lie together are then taken together.
DROP INDEX runs_due;
CREATE INDEX runs_due ON runs (organisation, journey, due, bucket, customer) WHERE due IS NOT NULL;
DROP INDEX outbox_held;
CREATE INDEX outbox_held ON outbox (organisation, moment, bucket, customer) WHERE state = 'held';
