-- One row is a document that was imported for its prices: deployments, a rate card, a policy or an
-- invoice. It is kept whole and never changed: another of the same name is a new version, and the
-- highest number counts. One that is imported again after another of its name stands twice: then it
-- counts again.
CREATE TABLE money_document (
  document_seq   INTEGER PRIMARY KEY,
  kind           TEXT    NOT NULL,
  name           TEXT    NOT NULL,  -- of the card, policy or invoice; '' for deployments
  source_key     INTEGER NOT NULL REFERENCES source (source_key),
  sha256         BLOB    NOT NULL,
  given          TEXT    NOT NULL,  -- what the user said beside it, `month=2024-11`; '' for nothing
  raw            BLOB    NOT NULL,
  imported_at_ms INTEGER NOT NULL,  -- wall time; no answer depends on it
  CONSTRAINT money_document_kind_is_known
    CHECK (kind IN ('deployments', 'rates', 'policy', 'invoice'))
) STRICT;
CREATE INDEX money_document_by_name ON money_document (kind, name);
