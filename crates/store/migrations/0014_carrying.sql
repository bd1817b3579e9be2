-- Each sender's messages by themselves: what one provider holds up is not in the way of what goes by another.
DROP INDEX outbox_ready;
CREATE INDEX outbox_ready ON outbox (organisation, channel, rank, claim_at) WHERE state = 'ready';
-- Under which lease a message is being carried: when that is gone, so is who carried it.
ALTER TABLE outbox ADD COLUMN carried_by BLOB;
-- Why nothing goes by a sender for the moment.
ALTER TABLE senders ADD COLUMN trouble_since INTEGER;
ALTER TABLE senders ADD COLUMN trouble_until INTEGER;
ALTER TABLE senders ADD COLUMN trouble TEXT;
