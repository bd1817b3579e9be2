-- Who does work, what each has to do on a day, and what is booked about one thing. A day has a version: whoever changes it says
-- which one they saw. What is settled later (a claim that ran out, a place that was left) has the moment from which it may be.
CREATE TABLE resources (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, resource TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, resource)
) STRICT;
CREATE TABLE resource_days (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, day TEXT NOT NULL, resource TEXT NOT NULL,
    version INTEGER NOT NULL, unsettled INTEGER, text TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, day, resource)
) STRICT;
CREATE INDEX resource_days_unsettled ON resource_days (bucket, organisation, unsettled) WHERE unsettled IS NOT NULL;
CREATE TABLE cases (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, kind TEXT NOT NULL, object TEXT NOT NULL,
    revision INTEGER NOT NULL, unsettled INTEGER, text TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, kind, object)
) STRICT;
CREATE INDEX cases_unsettled ON cases (organisation, unsettled) WHERE unsettled IS NOT NULL;
