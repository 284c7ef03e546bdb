-- +goose Up

-- What happened to entries. The first publication has no row: the entry's
-- first_seen tells of it. The number gives the order.
CREATE TABLE event (
    number   BIGINT  NOT NULL PRIMARY KEY,
    entry    TEXT    NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    happened BIGINT  NOT NULL,
    kind     TEXT    NOT NULL,
    title    TEXT    NOT NULL,
    path     TEXT    NOT NULL,
    before   TEXT    NOT NULL, -- the path, if it was another
    why      TEXT    NOT NULL,
    digest   BYTEA, -- of the document's bytes, if it was read
    public   BOOLEAN NOT NULL, -- subscribers are told of it
    change   BYTEA -- how the text has changed, as the caller encoded it
);

CREATE INDEX event_entry ON event (entry, number);
CREATE INDEX event_public ON event (number) WHERE public;
CREATE INDEX event_change ON event (number) WHERE change IS NOT NULL;
