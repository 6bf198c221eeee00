-- egress_by_process: bytes that each process sent in a window, with bounds and with what is odd.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  nothing later than this is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- out  process_id  TEXT
-- out  app_id  TEXT
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  egress_bytes  INTEGER
-- out  egress_bytes_lo  INTEGER  at least this much
-- out  egress_bytes_hi  INTEGER  at most this much; of an open process only what was seen
-- out  is_open  INTEGER  1: more may have been sent in the window than anybody read
-- out  is_unmetered  INTEGER  1: no document gave its counter; unknown, not zero
-- out  flags  TEXT  wrap32, unknown_start, stale_read, counter_break, clamped32, late_final
-- rows one per process that sent something in the window, may have, or is unmetered there; by id
--
-- A counter is a curve: 0 where the process began, then the readings, made monotone. A window's
-- egress is the curve at its end less the curve at its start, so the parts of any partition of time
-- sum to the whole. Between two readings the curve is a straight line, rounded down; the lower
-- curve waits for the next reading and the upper one takes it at once.
--
-- The line is bytes × elapsed / span. To stay inside 64 bits the bytes are split by the span and
-- the elapsed time into 2^20 ms and the rest, which is exact while two readings lie less than
-- 2^41 ms (69 years) apart. Reads every observation of the processes alive in the window.
WITH period AS (
  SELECT 0 AS period_no, :from_ms AS from_ms, to_ms
  FROM (SELECT CASE WHEN :to_ms < :as_of_ms THEN :to_ms ELSE :as_of_ms END AS to_ms)
  WHERE :from_ms < to_ms
),
bound AS (
  SELECT period_no, -1 AS side, from_ms AS bound_ms FROM period
  UNION ALL
  SELECT period_no, 1 AS side, to_ms AS bound_ms FROM period
),
life AS (
  SELECT
    process_key, process_id, latest_attribute_no,
    starting_at_ms, started_at_ms, terminated_at_ms, first_seen_ms, last_seen_ms,
    coalesce(started_at_ms, starting_at_ms) AS begin_ms,
    CASE
      WHEN terminated_at_ms IS NOT NULL THEN terminated_at_ms
      WHEN :as_of_ms - last_seen_ms <= :grace_ms THEN :as_of_ms
      WHEN coalesce(started_at_ms, starting_at_ms, last_seen_ms) + :max_lifespan_ms >= :as_of_ms
        THEN :as_of_ms
      WHEN coalesce(started_at_ms, starting_at_ms, last_seen_ms) + :max_lifespan_ms > last_seen_ms
        THEN coalesce(started_at_ms, starting_at_ms, last_seen_ms) + :max_lifespan_ms
      ELSE last_seen_ms
    END AS death_ms
  FROM process
  WHERE last_seen_ms IS NOT NULL
),
alive AS (
  SELECT *
  FROM life
),
SELECT 1;
