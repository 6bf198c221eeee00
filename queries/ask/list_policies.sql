-- list_policies: the newest version of every policy.
--
-- in   :known_document_seq  INTEGER  the newest document that counts
-- out  name  TEXT
-- out  summary  TEXT
-- out  clock_start  TEXT
-- out  clock_stop  TEXT
-- out  step_ms  INTEGER
-- out  step_per  TEXT
-- out  step_direction  TEXT
-- out  minimum_ms  INTEGER
-- out  gb  TEXT
-- out  zone  TEXT
-- out  running  TEXT
-- out  orphan  TEXT
-- out  amounts  TEXT
-- rows by name
SELECT
  name,
  summary,
  clock_start,
  clock_stop,
  step_ms,
  step_per,
  step_direction,
  minimum_ms,
  gb,
  zone,
  running,
  orphan,
  amounts
FROM policy
WHERE document_seq = (
  SELECT max(newest.document_seq)
  FROM policy AS newest
  WHERE newest.name = policy.name AND newest.document_seq <= :known_document_seq
)
ORDER BY name;
