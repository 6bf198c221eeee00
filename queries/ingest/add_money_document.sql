-- add_money_document: a document about money that is not known yet.
--
-- in   :kind  TEXT
-- in   :name  TEXT
-- in   :source_key  INTEGER
-- in   :sha256  BLOB
-- in   :given  TEXT
-- in   :raw  BLOB
-- in   :imported_at_ms  INTEGER
INSERT INTO money_document (
  kind, name, source_key, sha256, given, raw, imported_at_ms
)
VALUES (
  :kind, :name, :source_key, :sha256, :given, :raw, :imported_at_ms
);
