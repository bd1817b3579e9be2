-- Blocks of numbers that may still grow: whoever writes facts takes one, and gives it back at the end.
CREATE TABLE open_blocks (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, block INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation, block)
) STRICT;
