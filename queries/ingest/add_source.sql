-- add_source: a file or standard input that gave something new.
--
-- in   :path  TEXT  as the user named it
-- in   :encoding  TEXT  plain, gzip or zstd
-- in   :ingested_at_ms  INTEGER  unix ms
INSERT INTO source (path, encoding, ingested_at_ms)
VALUES (:path, :encoding, :ingested_at_ms);
