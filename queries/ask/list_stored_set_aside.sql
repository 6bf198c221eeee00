-- list_stored_set_aside: the vendor objects that say nothing of processes, kept whole.
--
-- out  source  TEXT
-- out  encoding  TEXT
-- out  byte_offset  INTEGER
-- out  kind  TEXT
-- out  raw  BLOB
-- rows as they came
SELECT
  source.path AS source,
  source.encoding AS encoding,
  set_aside.byte_offset AS byte_offset,
  set_aside.kind AS kind,
  set_aside.raw AS raw
FROM set_aside
JOIN source ON source.source_key = set_aside.source_key
ORDER BY set_aside.set_aside_key;
