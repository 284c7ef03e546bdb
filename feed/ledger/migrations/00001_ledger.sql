-- +goose Up

-- A document's path is its section and its name. published, updated and the
-- other times are milliseconds since 1970 in UTC.
CREATE TABLE entry (
    id         TEXT    NOT NULL PRIMARY KEY,
    section    TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    address    TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    digest     BYTEA   NOT NULL,
    meaning    BYTEA   NOT NULL,
    size       BIGINT  NOT NULL,
    mod_time   BIGINT  NOT NULL,
    first_seen BIGINT  NOT NULL,
    published  BIGINT  NOT NULL,
    updated    BIGINT  NOT NULL,
    until      BIGINT,
    status     TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    day_only   BOOLEAN NOT NULL,
    inferred   BOOLEAN NOT NULL,
    was_live   BOOLEAN NOT NULL,
    pending    BOOLEAN NOT NULL
);

-- The documents that are there: one a path, and a folder in its order.
CREATE UNIQUE INDEX entry_path ON entry (section, name) WHERE status <> 'gone';
CREATE INDEX entry_gone ON entry (section, name) WHERE status = 'gone';

-- A held entry may have no address yet.
CREATE UNIQUE INDEX entry_address ON entry (address) WHERE address <> '';

-- The newest of a section. The id that decides between those of one instant is
-- left out: it would cost a tenth of the file.
CREATE INDEX entry_newest ON entry (section, published DESC) WHERE status = 'live';

-- Eight bytes of a digest find it; the other 24 are compared in the row.
CREATE INDEX entry_digest ON entry (substr(digest, 1, 8));

CREATE INDEX entry_until ON entry (until) WHERE until IS NOT NULL;
CREATE INDEX entry_pending ON entry (section, name) WHERE pending;

-- What is known of each section as a whole, kept up with each entry in it.
CREATE TABLE section (
    path    TEXT   NOT NULL PRIMARY KEY,
    present BIGINT NOT NULL, -- entries that are not gone
    live    BIGINT NOT NULL, -- entries that are public
    changed BIGINT           -- the greatest updated of those that are or were
);

-- The entries of the feeds as they were published last.
CREATE TABLE snapshot (
    id     TEXT  NOT NULL PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
    digest BYTEA NOT NULL,
    data   BYTEA NOT NULL
);

-- The files in out/ that are not pages of entries.
CREATE TABLE file (
    path     TEXT   NOT NULL PRIMARY KEY,
    digest   BYTEA  NOT NULL,
    size     BIGINT NOT NULL,
    mod_time BIGINT NOT NULL
);

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
