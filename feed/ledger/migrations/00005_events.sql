-- +goose Up

-- What happened to entries. The first publication has no row: the entry's
-- first_seen tells of it. The number gives the order.
CREATE TABLE event (
    number   BIGINT NOT NULL PRIMARY KEY,
    entry    TEXT   NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    happened BIGINT NOT NULL,
    kind     TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    path     TEXT   NOT NULL,
    before   TEXT   NOT NULL, -- the path, if it was another
    why      TEXT   NOT NULL,
    digest   BYTEA -- of the document's bytes, if it was read
);

CREATE INDEX event_entry ON event (entry, number);
