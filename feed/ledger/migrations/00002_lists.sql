-- +goose Up

-- An entry that is in lists has a short number, which stands for its id there.
ALTER TABLE entry ADD COLUMN number BIGINT;
CREATE UNIQUE INDEX entry_number ON entry (number) WHERE number IS NOT NULL;

-- All that is public, in its order. The first characters of the id find the
-- neighbours among many of one instant: three digits of a urn:uuid: tell 4096 apart.
CREATE INDEX entry_order ON entry (published DESC, substr(id, 1, 12)) WHERE status = 'live';

-- What was public, by its end.
CREATE INDEX entry_ended ON entry (updated DESC) WHERE was_live AND status <> 'live';

-- Tags, authors, languages; counts and dates as in table section.
CREATE TABLE list (
    number   BIGINT NOT NULL UNIQUE, -- stands for kind and key in table member
    kind     TEXT   NOT NULL,
    key      TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    live     BIGINT NOT NULL,
    changed  BIGINT, -- as in table section, or departed if that is greater
    departed BIGINT, -- the greatest updated that a public entry had when it left the list
    PRIMARY KEY (kind, key)
);

-- Which entry is in which list. The last two say again what the entry says.
CREATE TABLE member (
    entry  BIGINT  NOT NULL,
    list   BIGINT  NOT NULL,
    live   BOOLEAN NOT NULL,
    issued BIGINT  NOT NULL, -- published
    PRIMARY KEY (entry, list)
);

CREATE INDEX member_newest ON member (list, live, issued DESC);

-- The months in which something public was published, as years * 12 + months
-- from January of the year 0.
CREATE TABLE month (
    number  BIGINT NOT NULL PRIMARY KEY,
    live    BIGINT NOT NULL,
    changed BIGINT
);

-- The months of what is there already: days since March 1 of the year 0, in
-- eras of 400 years, of which each has 146097 days. A year begins in March here.
INSERT INTO month (number, live, changed)
SELECT 12 * year + (5 * (day - (365 * of_era + of_era / 4 - of_era / 100)) + 2) / 153 + 2 AS number,
    sum(CASE WHEN status = 'live' THEN 1 ELSE 0 END), max(updated)
FROM (SELECT status, updated, day, of_era, era * 400 + of_era AS year
    FROM (SELECT status, updated, day, era, (day - day / 1460 + day / 36524 - day / 146096) / 365 AS of_era
        FROM (SELECT status, updated, days / 146097 AS era, days - days / 146097 * 146097 AS day
            FROM (SELECT status, updated, (published + 62162035200000) / 86400000 AS days
                FROM entry WHERE was_live) AS a) AS b) AS c) AS d
GROUP BY 1;
