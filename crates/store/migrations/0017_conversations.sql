-- When a customer last wrote to us from an address: some providers take a text of our own only for a while after that.
CREATE TABLE conversations (
    bucket INTEGER NOT NULL, organisation TEXT NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL,
    heard INTEGER NOT NULL,
    PRIMARY KEY (bucket, organisation, channel, address)
) STRICT;
