-- restated_observations: processes of which different things were said for one instant.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, inclusive: the last poll stands at the as-of itself
-- out  observed_at_ms  INTEGER  unix ms
-- out  process_id  TEXT
-- out  observations  INTEGER  different ones of this process at this instant
-- out  documents  INTEGER  that they stand in
-- out  attribute_variants  INTEGER  1: they agree on timestamps, status, place and ports
-- out  activity_variants  INTEGER  1: they agree on rooms and connections
-- out  lowest_egressed_bytes  INTEGER  NULL when none said a counter
-- out  highest_egressed_bytes  INTEGER  the one that counts for this instant
-- rows one per process and instant with several observations, by time, then by id
--
-- A running list and a stopped list saved together are the usual cause, and harmless: both count.
-- Worth a look is a counter that differs for one instant, or a place that does.
--
-- Only instants with a document that restated something are looked at. Reads every observation of
-- the processes seen between the first and the last of them in the window; none if there is none.
WITH RECURSIVE
restated_instant AS MATERIALIZED (
  SELECT DISTINCT observed_at_ms
  FROM snapshot
  WHERE restated_count > 0 AND observed_at_ms >= :from_ms AND observed_at_ms <= :to_ms
),
-- part: extent,
seen_window AS (
  SELECT min(observed_at_ms) AS from_ms, max(observed_at_ms) AS to_ms FROM restated_instant
),
-- part: seen_process
SELECT
  snapshot.observed_at_ms AS observed_at_ms,
  process.process_id AS process_id,
  count(*) AS observations,
  count(DISTINCT observation.snapshot_seq) AS documents,
  count(DISTINCT observation.attribute_no) AS attribute_variants,
  count(DISTINCT observation.activity_no) AS activity_variants,
  min(
    CASE
      WHEN observation.egressed_bytes < 0 THEN observation.egressed_bytes + 4294967296
      ELSE observation.egressed_bytes
    END
  ) AS lowest_egressed_bytes,
  max(
    CASE
      WHEN observation.egressed_bytes < 0 THEN observation.egressed_bytes + 4294967296
      ELSE observation.egressed_bytes
    END
  ) AS highest_egressed_bytes
FROM seen_process AS seen
CROSS JOIN process
CROSS JOIN observation
CROSS JOIN snapshot
WHERE process.process_key = seen.process_key
  AND observation.process_key = process.process_key
  AND snapshot.snapshot_seq = observation.snapshot_seq
  AND process.first_seen_ms <= (SELECT max(observed_at_ms) FROM restated_instant)
  AND process.last_seen_ms >= (SELECT min(observed_at_ms) FROM restated_instant)
  AND observation.snapshot_seq IN (
    SELECT told.snapshot_seq
    FROM restated_instant
    CROSS JOIN snapshot AS told
    WHERE told.observed_at_ms = restated_instant.observed_at_ms
  )
GROUP BY snapshot.observed_at_ms, process.process_id
HAVING count(*) > 1
ORDER BY observed_at_ms, process_id;
