-- egress_by_process: bytes that each process sent in a window, with bounds and with what is odd.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- out  process_id  TEXT
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  egress_bytes  INTEGER
-- out  egress_bytes_lo  INTEGER  at least so many
-- out  egress_bytes_hi  INTEGER  at most so many; of an open process only what was seen
-- out  open_processes  INTEGER  1: more may have been sent in the window than anybody read
-- out  unmetered_processes  INTEGER  1: no document gave its counter; its egress is unknown, not 0
-- out  flags  TEXT  wrap32 unknown_start stale_read counter_break clamped32 late_final
-- rows one per process that sent something in the window, may have, or is unmetered there; by id
--
-- A counter is a curve over time: 0 where the process began, then its readings, made monotone. A
-- window's egress is the curve at its end less the curve at its start, so the parts of any
-- partition of time sum to the whole. Between two readings the curve is the straight line, rounded
-- down; the lower curve waits for the second reading, the upper one has it at once.
--
-- The line is bytes * elapsed / span, taken apart so that it stays in 64 bits. It is exact while
-- two readings are less than 2^41 ms (69 years) apart; beyond that, ask `fleetmeter egress`.
--
-- Reads the summary of every process in the window, and the observations of those that an end of
-- the window cuts, that are odd, or that ended.
WITH RECURSIVE
-- part: period,
-- part: longest_life,
-- part: extent,
-- part: asked,
-- part: present,
-- part: sought_curve,
-- part: process_egress,
-- What is odd about a counter, and can be so: the readings need not be asked about the rest.
-- Few may be odd but for a late final: a reading at an end at which no document was true is a
-- later one.
odd AS (
  SELECT
    process_key,
    CASE
      WHEN egress_bytes < 2147483647 AND zero_ms IS NOT NULL AND plain = 1 AND below = 0 THEN 0
      ELSE 1
    END AS may_be_odd,
    CASE
      WHEN egress_bytes >= 2147483648 THEN (
        SELECT max(reading.is_wrapped)
        FROM egress_reading AS reading
        WHERE reading.process_key = curve.process_key
      )
    END AS wrap32,
    CASE WHEN last_reading_ms IS NOT NULL AND zero_ms IS NULL THEN 1 END AS unknown_start,
    CASE
      WHEN plain = 0 THEN (
        SELECT
          CASE
            WHEN min(CASE WHEN bytes < highest THEN at_ms END)
              < max(CASE WHEN bytes = highest THEN at_ms END) THEN 1
            ELSE 0
          END
        FROM (
          SELECT at_ms, bytes, max(bytes) OVER (ORDER BY at_ms) AS highest
          FROM (
            SELECT reading.at_ms AS at_ms, max(reading.bytes) AS bytes
            FROM egress_reading AS reading
            WHERE reading.process_key = curve.process_key
            GROUP BY reading.at_ms
          ) AS instant
        ) AS climb
      )
    END AS stale_read,
    below AS counter_break,
    clamped32,
    CASE
      WHEN last_reading_ms = end_ms AND last_seen_ms > last_reading_ms THEN
        CASE
          WHEN NOT EXISTS (
            SELECT 1 FROM snapshot WHERE snapshot.observed_at_ms = curve.last_reading_ms
          ) THEN 1
          ELSE (
            SELECT max(reading.is_late)
            FROM egress_reading AS reading
            WHERE reading.process_key = curve.process_key
          )
        END
    END AS late_final
  FROM egress_curve AS curve
)
SELECT
  process.process_id AS process_id,
  -- part: place_columns,
  owner.egress_bytes AS egress_bytes,
  owner.egress_bytes_lo AS egress_bytes_lo,
  owner.egress_bytes_hi AS egress_bytes_hi,
  owner.is_open AS open_processes,
  owner.is_unmetered AS unmetered_processes,
  CASE
    WHEN odd.may_be_odd = 0 THEN CASE WHEN odd.late_final = 1 THEN 'late_final' ELSE '' END
    ELSE rtrim(
      CASE WHEN odd.wrap32 = 1 THEN 'wrap32 ' ELSE '' END
      || CASE WHEN odd.unknown_start = 1 THEN 'unknown_start ' ELSE '' END
      || CASE WHEN odd.stale_read = 1 THEN 'stale_read ' ELSE '' END
      || CASE WHEN odd.counter_break = 1 THEN 'counter_break ' ELSE '' END
      || CASE WHEN odd.clamped32 = 1 THEN 'clamped32 ' ELSE '' END
      || CASE WHEN odd.late_final = 1 THEN 'late_final ' ELSE '' END
    )
  END AS flags
FROM process_egress AS owner
CROSS JOIN odd
CROSS JOIN process
-- part: place_labels
WHERE odd.process_key = owner.process_key
  AND process.process_key = owner.process_key
  AND (owner.egress_bytes_hi > 0 OR owner.is_open = 1 OR owner.is_unmetered = 1)
ORDER BY process.process_id;
