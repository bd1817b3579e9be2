-- Earlier texts of drafts, so that an edit can be taken back.
CREATE TABLE draft_texts (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, journey TEXT NOT NULL, revision INTEGER NOT NULL,
    files TEXT NOT NULL, base TEXT, updated INTEGER NOT NULL, updated_by BLOB,
    PRIMARY KEY (bucket, organisation, journey, revision)
) STRICT;
