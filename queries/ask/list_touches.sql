-- list_touches: whether the snapshots by which processes were named and touched are those that the observations say. Reads the key of every observation.
--
-- out  process_id  TEXT
-- out  is_fault  INTEGER  1: they are others
-- rows by process_key
--
-- A process is named no later than it is observed, and no later than the process of the next number.
-- Observations that were moved to a file cannot be asked.
SELECT
  said.process_id AS process_id,
  CASE
    WHEN said.named_seq IS NULL
      OR said.named_seq < lag(said.named_seq) OVER (ORDER BY said.process_key)
      OR said.named_seq > said.first_seq
      OR (
        said.pruned_seq IS NULL
        AND coalesce(said.touched_seq, 0) <> coalesce(said.last_seq, 0)
      ) THEN 1
    ELSE 0
  END AS is_fault
FROM (
  SELECT
    process.process_key AS process_key,
    process.process_id AS process_id,
    process.named_seq AS named_seq,
    process.touched_seq AS touched_seq,
    (
      SELECT min(observation.snapshot_seq)
      FROM observation
      WHERE observation.process_key = process.process_key
    ) AS first_seq,
    (
      SELECT max(observation.snapshot_seq)
      FROM observation
      WHERE observation.process_key = process.process_key
    ) AS last_seq,
    pruned.pruned_seq AS pruned_seq
  FROM process
  LEFT JOIN pruned_process AS pruned ON pruned.process_key = process.process_key
) AS said
ORDER BY said.process_key;
