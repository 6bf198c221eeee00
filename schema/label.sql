-- One row is a text that many rows repeat: an app, deployment, region or host, a status, a port's
-- name. It is written once and named by its key.
CREATE TABLE label (
  label_key INTEGER PRIMARY KEY,
  label     TEXT    NOT NULL UNIQUE
) STRICT;
