-- 0013: a line of an invoice may be about one app, deployment or region, and credits are told from
-- discounts; the document that was imported last counts, though it was imported before.
CREATE TEMP TABLE moved AS SELECT * FROM money_document;
DROP TABLE money_document;

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
INSERT INTO money_document SELECT * FROM moved ORDER BY document_seq;
DROP TABLE moved;

CREATE TEMP TABLE moved AS SELECT * FROM invoice_line;
DROP TABLE invoice_line;

-- One row is a line of an invoice. Numbers are decimals as they were written.
CREATE TABLE invoice_line (
  document_seq  INTEGER NOT NULL REFERENCES invoice (document_seq),
  line_no       INTEGER NOT NULL,  -- from 0
  kind          TEXT    NOT NULL,  -- what it is about, as far as we can tell
  description   TEXT    NOT NULL,  -- the vendor's product name
  unit          TEXT    NOT NULL,
  quantity      TEXT,
  unit_price    TEXT,
  amount        TEXT,
  discount      TEXT,
  app_id        TEXT,              -- it is about this app alone; NULL: about all
  deployment_id TEXT,              -- likewise
  region        TEXT,              -- likewise
  CONSTRAINT invoice_line_kind_is_known
    CHECK (kind IN ('compute', 'egress', 'other', 'discount', 'credit', 'tax')),
  PRIMARY KEY (document_seq, line_no)
) STRICT, WITHOUT ROWID;
INSERT INTO invoice_line
SELECT *, NULL AS app_id, NULL AS deployment_id, NULL AS region
FROM moved
ORDER BY document_seq, line_no;
DROP TABLE moved;

PRAGMA user_version = 13;
