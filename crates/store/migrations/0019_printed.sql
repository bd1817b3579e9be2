-- Letters and cards that were printed and not yet posted, by the pile that they lie in.
CREATE INDEX outbox_printed ON outbox (organisation, reference) WHERE state = 'printed';
