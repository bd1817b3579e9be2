-- A row says that this store was a backup, taken at that moment; once it is restored, when that was, and until when what was
-- decided may have gone out before without our knowing.
CREATE TABLE backups (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, taken INTEGER NOT NULL,
    restored INTEGER, doubtful_until INTEGER,
    PRIMARY KEY (bucket, organisation, taken)
) STRICT;
-- What the sent log tells of messages since the backup that this store was restored from, by the digest of their keys.
CREATE TABLE carried (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, message BLOB NOT NULL,
    time INTEGER NOT NULL, outcome TEXT NOT NULL,
    PRIMARY KEY (bucket, organisation, message)
) STRICT, WITHOUT ROWID;
