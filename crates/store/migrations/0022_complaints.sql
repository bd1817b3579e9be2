-- What makes a task a complaint: how it came in, what it is about, and how it went.
ALTER TABLE tasks ADD COLUMN complaint TEXT;
CREATE INDEX tasks_complaints ON tasks (organisation, journey, touchpoint) WHERE complaint IS NOT NULL;
