-- find_flood: whether a source had more faults than are kept of one.
--
-- in   :path  TEXT  of the source
-- in   :reason_begins  TEXT  how the row begins that tells of the others
-- out  reject_key  INTEGER
SELECT reject.reject_key AS reject_key
FROM source
JOIN reject ON reject.source_key = source.source_key
WHERE source.path = :path
  AND reject.record_length = 0
  AND substr(reject.reason, 1, length(:reason_begins)) = :reason_begins
LIMIT 1;
