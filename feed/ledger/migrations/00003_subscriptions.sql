-- +goose Up

-- Who is told of changes, by WebSub. Times are milliseconds since 1970 in UTC;
-- the digests are of contents.
CREATE TABLE subscription (
    topic     TEXT   NOT NULL,
    callback  TEXT   NOT NULL,
    secret    BYTEA  NOT NULL,
    expires   BIGINT NOT NULL,
    delivered BYTEA  NOT NULL,
    wanted    BYTEA  NOT NULL,
    due       BIGINT, -- of the delivery that waits, if one does
    tries     BIGINT NOT NULL,
    PRIMARY KEY (topic, callback)
);

-- What was asked for, and is to be verified.
CREATE TABLE subscription_request (
    number   BIGINT NOT NULL PRIMARY KEY,
    mode     TEXT   NOT NULL,
    topic    TEXT   NOT NULL,
    callback TEXT   NOT NULL,
    secret   BYTEA  NOT NULL,
    lease    BIGINT NOT NULL -- seconds
);
