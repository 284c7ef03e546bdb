-- +goose Up

-- What is not public is few, and is asked for by those who run the site.
CREATE INDEX entry_status ON entry (status) WHERE status <> 'live';
