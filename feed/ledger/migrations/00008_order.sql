-- +goose Up

-- What comes in is newer than what is there, most often, and went to the begin
-- of an index that has the newest first, whose pages are left half empty then.
-- These have it last, and are read backwards.
DROP INDEX entry_newest;
CREATE INDEX entry_newest ON entry (section, published) WHERE status = 'live';
DROP INDEX entry_order;
CREATE INDEX entry_order ON entry (published, substr(id, 1, 12) DESC) WHERE status = 'live';
DROP INDEX member_newest;
CREATE INDEX member_newest ON member (list, live, issued);

-- All entries of a first run are pending for a while: their index is to be small.
DROP INDEX entry_pending;
CREATE INDEX entry_pending ON entry (pending) WHERE pending;
