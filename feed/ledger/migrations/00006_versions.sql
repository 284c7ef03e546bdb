-- +goose Up

-- What is known of the versions of stories: of documents that were sent again, of
-- those that they replace, of those that have a slug, and of advisories. Most
-- documents are none of them, and have no row.
CREATE TABLE version (
    id     TEXT   NOT NULL PRIMARY KEY, -- of the record
    rank   BIGINT NOT NULL, -- a greater one is later; 0 for a document that says nothing of a version
    head   TEXT   NOT NULL, -- the id of the entry that shows a later version, or ''
    title  BIGINT NOT NULL, -- the first bytes of a digest of its words
    slug   BIGINT NOT NULL, -- likewise, 0 where there is none
    agency TEXT   NOT NULL,
    kill   TEXT   NOT NULL  -- of an advisory: why the story of this title or slug is taken back; '' when that is done
);

CREATE INDEX version_head ON version (head, id) WHERE head <> '';
CREATE INDEX version_title ON version (title, id);
CREATE INDEX version_slug ON version (slug, id) WHERE slug <> 0;
