-- +goose Up

-- A folder of documents as it was when the ledger had all that is in it: while
-- it looks the same, its entries need not be read. Any change of an entry in it
-- takes the row away.
CREATE TABLE seen_folder (
    path    TEXT   NOT NULL PRIMARY KEY,
    listing BYTEA  NOT NULL, -- a digest of the names, sizes and times of its files
    held    BIGINT NOT NULL  -- entries in it that are held
);

-- The folders of out/ that have pages of entries, with the time (nanoseconds
-- since 1970) that they had when no page was missing; 0 when that is not known.
CREATE TABLE page_folder (
    path     TEXT   NOT NULL PRIMARY KEY,
    mod_time BIGINT NOT NULL
);

-- Of what is there already: an address is entries/YYYY/MM/slug.html.
INSERT INTO page_folder (path, mod_time)
SELECT DISTINCT substr(address, 1, 15), 0 FROM entry WHERE address <> '';
