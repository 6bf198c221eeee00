-- rejects_by_reason: what was wrong in what was handed in, counted by reason and field.
--
-- out  field  TEXT  the last part of the JSON pointer; '' when the whole document is at fault
-- out  reason  TEXT  without the value that it names in brackets
-- out  rejects  INTEGER
-- out  records  INTEGER  different records; one may have several things wrong
-- out  sources  INTEGER  different files
-- out  example_source  TEXT  the file of the first one, by when it was handed in
-- out  example_byte_offset  INTEGER  in that file, after decompression
-- out  example_json_pointer  TEXT
-- out  example_reason  TEXT  with its value
-- rows one per field and reason, most rejects first; of equals by field and reason
--
-- A pointer's last part is what stands after its last '/': rtrim takes away from the end whatever
-- is not a '/', and what is left is the part before. A reason ends with the value at fault in
-- brackets, which is cut off, so that one mistake in many records is one row.
--
-- A reject that a later reading of the same source made good is left out. Reads every reject.
WITH
-- The value at fault begins with ' ('. In a copy of the reason each of these is a tilde, and
-- nothing else is: ltrim takes away what stands before the first one, which tells its place.
marked AS (
  SELECT
    reject_key,
    source_key,
    record_offset,
    json_pointer,
    reason,
    replace(replace(reason, '~', '-'), ' (', '~') AS marked_reason
  FROM reject
  WHERE NOT EXISTS (SELECT 1 FROM made_good WHERE made_good.reject_key = reject.reject_key)
  LIMIT 9223372036854775807
),
fault AS (
  SELECT
    reject_key,
    source_key,
    record_offset,
    reason,
    length(marked_reason)
      - length(ltrim(marked_reason, replace(marked_reason, '~', ''))) AS named_length,
    substr(json_pointer, length(rtrim(json_pointer, replace(json_pointer, '/', ''))) + 1) AS field
  FROM marked
  LIMIT 9223372036854775807
),
named_fault AS (
  SELECT
    reject_key,
    source_key,
    record_offset,
    CASE WHEN named_length > 0 THEN substr(reason, 1, named_length) ELSE reason END AS kind,
    field
  FROM fault
),
fault_kind AS (
  SELECT
    field,
    kind,
    count(*) AS rejects,
    count(DISTINCT source_key || ' ' || record_offset) AS records,
    count(DISTINCT source_key) AS sources,
    min(reject_key) AS first_reject_key
  FROM named_fault
  GROUP BY field, kind
)
SELECT
  fault_kind.field AS field,
  fault_kind.kind AS reason,
  fault_kind.rejects AS rejects,
  fault_kind.records AS records,
  fault_kind.sources AS sources,
  source.path AS example_source,
  reject.byte_offset AS example_byte_offset,
  reject.json_pointer AS example_json_pointer,
  reject.reason AS example_reason
FROM fault_kind
JOIN reject ON reject.reject_key = fault_kind.first_reject_key
JOIN source ON source.source_key = reject.source_key
ORDER BY fault_kind.rejects DESC, fault_kind.field, fault_kind.kind;
