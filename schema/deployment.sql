-- One row is what one document says of the machine that one deployment's processes run on.
CREATE TABLE deployment (
  document_seq        INTEGER NOT NULL REFERENCES money_document (document_seq),
  position            INTEGER NOT NULL,  -- in the document, from 0
  app_id              TEXT    NOT NULL,
  deployment_id       TEXT    NOT NULL,  -- unique only within its app
  requested_cpu       TEXT,              -- vCPU, a decimal as it was written
  requested_memory_mb TEXT,              -- likewise
  rooms_per_process   INTEGER,
  plan                TEXT,
  created_at_ms       INTEGER,
  PRIMARY KEY (document_seq, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX deployment_by_name ON deployment (app_id, deployment_id);
