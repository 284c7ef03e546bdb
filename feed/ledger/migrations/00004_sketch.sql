-- +goose Up

-- A small stand-in for the text of an entry: see package likeness. It knows a
-- text again that was edited and renamed in one step.
ALTER TABLE entry ADD COLUMN sketch BYTEA;
