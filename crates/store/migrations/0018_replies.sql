-- What a provider calls a message finds it back: a reply, a bounce or a receipt names it so.
CREATE INDEX outbox_by_reference ON outbox (organisation, reference) WHERE reference IS NOT NULL;
