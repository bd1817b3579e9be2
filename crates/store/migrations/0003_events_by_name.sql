-- The newest events of a name that a source sent: the sheet for its supplier ticks them off.
CREATE INDEX events_by_name ON events (organisation, source, body ->> '$.name', arrival);
