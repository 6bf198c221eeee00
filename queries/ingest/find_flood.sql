-- find_flood: how many faults of a source earlier runs told as a number.
--
-- in   :path  TEXT  of the source
-- in   :reason_begins  TEXT  how the row begins that tells of them
-- in   :last_reject_key  INTEGER  the newest reject of the earlier runs
-- out  faults  TEXT  the number that stands behind that
-- rows the newest first
SELECT substr(reject.reason, length(:reason_begins) + 1) AS faults
FROM source
JOIN reject ON reject.source_key = source.source_key
WHERE source.path = :path
  AND reject.record_length = 0
  AND reject.reject_key <= :last_reject_key
  AND substr(reject.reason, 1, length(:reason_begins)) = :reason_begins
ORDER BY reject.reject_key DESC
LIMIT 1;
