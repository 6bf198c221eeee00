-- count_touches: compares the snapshots by which processes were named and touched with what was observed. Reads the key of every observation.
--
-- out  processes  INTEGER
-- out  faults  INTEGER
-- out  first_process_id  TEXT?  the first at fault; NULL: none is
--
-- A process is named no later than it is observed, and no later than the process of the next number.
-- Of one whose observations were moved to a file, nobody can tell when it was touched.
SELECT
  counted.processes AS processes,
  counted.faults AS faults,
  (
    SELECT first.process_id
    FROM process AS first
    WHERE first.process_key = counted.first_key
  ) AS first_process_id
FROM (
  SELECT
    count(*) AS processes,
    coalesce(sum(told.is_fault), 0) AS faults,
    min(CASE WHEN told.is_fault = 1 THEN told.process_key END) AS first_key
  FROM (
    SELECT
      said.process_key AS process_key,
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
  ) AS told
) AS counted;
