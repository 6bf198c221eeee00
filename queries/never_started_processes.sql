-- never_started_processes: processes that ended without ever having started.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- out  process_id  TEXT
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  starting_at_ms  INTEGER  unix ms; NULL when it was not said
-- out  ended_at_ms  INTEGER  unix ms; its stop order, else when it was gone
-- out  waited_ms  INTEGER  from one to the other; NULL when either is not known or they are swapped
-- out  summary_exit_reason  TEXT  V3 only; NULL when it was not said
-- out  first_seen_ms  INTEGER  unix ms
-- out  last_seen_ms  INTEGER  unix ms
-- rows one per process that ended in the window and has no startedAt, by end, then by id
--
-- Nothing of them is billable. The vendor ended a process that did not bind its port in 100 s, so
-- a wait of about that long is a server that did not come up, and a shorter one was called off.
--
-- Reads the summary of every process in the window and no observation.
WITH RECURSIVE
-- part: extent,
seen_window AS (
  SELECT CAST(:from_ms AS BIGINT) AS from_ms, CAST(:to_ms AS BIGINT) AS to_ms
),
-- part: seen_process,
never_started AS (
  SELECT
    process.process_key AS process_key,
    process_id,
    latest_attribute_no,
    starting_at_ms,
    coalesce(stopping_at_ms, terminated_at_ms) AS ended_at_ms,
    first_seen_ms,
    last_seen_ms
  FROM seen_process AS seen
  CROSS JOIN process
  WHERE process.process_key = seen.process_key
    AND started_at_ms IS NULL
    AND last_seen_ms IS NOT NULL
)
SELECT
  never_started.process_id AS process_id,
  -- part: place_columns,
  never_started.starting_at_ms AS starting_at_ms,
  never_started.ended_at_ms AS ended_at_ms,
  CASE
    WHEN never_started.ended_at_ms >= never_started.starting_at_ms
      THEN never_started.ended_at_ms - never_started.starting_at_ms
  END AS waited_ms,
  exit_reason.label AS summary_exit_reason,
  never_started.first_seen_ms AS first_seen_ms,
  never_started.last_seen_ms AS last_seen_ms
FROM never_started
JOIN process_attribute AS owner
  ON owner.process_key = never_started.process_key
  AND owner.attribute_no = never_started.latest_attribute_no
-- part: place_labels
LEFT JOIN label AS exit_reason ON exit_reason.label_key = owner.summary_exit_reason_key
WHERE never_started.ended_at_ms >= :from_ms AND never_started.ended_at_ms < :to_ms
ORDER BY never_started.ended_at_ms, never_started.process_id;
