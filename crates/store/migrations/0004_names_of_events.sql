-- The name of an event as a column, because not every database reads JSON in the same way.
DROP INDEX IF EXISTS events_by_name;
ALTER TABLE events ADD COLUMN name TEXT;
UPDATE events SET name = body ->> '$.name';
CREATE INDEX events_named ON events (organisation, source, name, arrival);
