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
-- The line is bytes * elapsed / span. To stay in 64 bits the bytes are divided by the span first
-- and the elapsed time is taken in two parts, of 2^20 ms and the rest: exact while two readings
-- are less than 2^41 ms (69 years) apart. Beyond that `fleetmeter egress` is the authority.
--
-- Reads every observation of the processes that may be alive in the window, and no other.
WITH period AS (
  SELECT 0 AS period_no, from_ms, to_ms
  FROM (
    SELECT
      :from_ms AS from_ms,
      CASE WHEN :to_ms < :as_of_ms THEN :to_ms ELSE :as_of_ms END AS to_ms
  )
  WHERE from_ms < to_ms
),
bound AS (
  SELECT period_no, -1 AS side, from_ms AS bound_ms FROM period
  UNION ALL
  SELECT period_no, 1 AS side, to_ms AS bound_ms FROM period
),
-- A process is gone at death_ms at the latest.
life AS (
  SELECT
    process_key, starting_at_ms, started_at_ms, terminated_at_ms, first_seen_ms, last_seen_ms,
    CASE
      WHEN terminated_at_ms IS NOT NULL THEN terminated_at_ms
      WHEN :as_of_ms - last_seen_ms <= :grace_ms OR longest_ms >= :as_of_ms THEN :as_of_ms
      WHEN longest_ms > last_seen_ms THEN longest_ms
      ELSE last_seen_ms
    END AS death_ms
  FROM (
    SELECT
      process_key, starting_at_ms, started_at_ms, terminated_at_ms, first_seen_ms, last_seen_ms,
      coalesce(started_at_ms, starting_at_ms, last_seen_ms) + :max_lifespan_ms AS longest_ms
    FROM process
    WHERE last_seen_ms IS NOT NULL
  )
),
alive AS (
  SELECT
    process_key, starting_at_ms, started_at_ms, terminated_at_ms, death_ms,
    coalesce(started_at_ms, starting_at_ms, first_seen_ms) AS begin_ms,
    (
      SELECT min(snapshot.observed_at_ms)
      FROM observation
      JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
      WHERE observation.process_key = life.process_key AND observation.egressed_bytes IS NOT NULL
    ) AS first_reading_ms
  FROM life
  WHERE (last_seen_ms > :from_ms OR death_ms > :from_ms)
    AND (
      starting_at_ms < :to_ms
      OR started_at_ms < :to_ms
      OR coalesce(starting_at_ms, started_at_ms, first_seen_ms) >= first_seen_ms
      OR terminated_at_ms IN (starting_at_ms, started_at_ms)
    )
),
-- The counter was 0 at zero_ms; what was read after end_ms counts as read at end_ms.
counter AS (
  SELECT
    process_key,
    nullif(zero_ms, terminated_at_ms) AS zero_ms,
    CASE
      WHEN starting_at_ms < started_at_ms OR started_at_ms IS NULL THEN starting_at_ms
      ELSE started_at_ms
    END AS nothing_until_ms,
    CASE WHEN zero_ms > terminated_at_ms THEN NULL ELSE terminated_at_ms END AS end_ms
  FROM (
    SELECT
      process_key, starting_at_ms, started_at_ms, terminated_at_ms,
      CASE
        WHEN started_at_ms < first_reading_ms THEN started_at_ms
        WHEN starting_at_ms < first_reading_ms THEN starting_at_ms
      END AS zero_ms
    FROM alive
    WHERE first_reading_ms IS NOT NULL
  )
),
anchor AS (
  SELECT
    process_key, 0 AS is_reading, zero_ms AS at_ms, 0 AS bytes, 0 AS is_wrapped, 0 AS is_late,
    CASE WHEN zero_ms IS NOT NULL THEN nothing_until_ms END AS nothing_until_ms
  FROM counter
  UNION ALL
  SELECT
    counter.process_key AS process_key,
    1 AS is_reading,
    CASE
      WHEN snapshot.observed_at_ms > counter.end_ms THEN counter.end_ms
      ELSE snapshot.observed_at_ms
    END AS at_ms,
    max(
      CASE
        WHEN observation.egressed_bytes < 0 THEN observation.egressed_bytes + 4294967296
        ELSE observation.egressed_bytes
      END
    ) AS bytes,
    max(CASE WHEN observation.egressed_bytes < 0 THEN 1 ELSE 0 END) AS is_wrapped,
    max(CASE WHEN snapshot.observed_at_ms > counter.end_ms THEN 1 ELSE 0 END) AS is_late,
    NULL AS nothing_until_ms
  FROM counter
  JOIN observation ON observation.process_key = counter.process_key
  JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
  WHERE observation.egressed_bytes IS NOT NULL
  GROUP BY counter.process_key, at_ms
),
-- From one anchor to the next. The first may begin nowhere in time; the last does not end.
segment AS (
  SELECT
    process_key, is_reading, at_ms, bytes AS read_bytes, nothing_until_ms, is_wrapped, is_late,
    max(bytes) OVER by_time AS bytes,
    lead(at_ms) OVER by_time AS next_at_ms,
    lead(bytes) OVER by_time AS next_read_bytes
  FROM anchor
  WINDOW by_time AS (PARTITION BY process_key ORDER BY is_reading, at_ms)
),
crossing AS (
  SELECT
    segment.process_key AS process_key,
    bound.period_no AS period_no,
    bound.side AS side,
    segment.bytes AS bytes,
    CASE
      WHEN segment.is_reading = 1 AND segment.at_ms = bound.bound_ms THEN segment.bytes
      WHEN segment.is_reading = 0 AND bound.bound_ms
        <= coalesce(segment.nothing_until_ms, segment.next_at_ms - :max_lifespan_ms) THEN 0
      WHEN segment.next_read_bytes > segment.bytes THEN segment.next_read_bytes
      ELSE segment.bytes
    END AS upper_bytes,
    bound.bound_ms - segment.at_ms AS elapsed_ms,
    segment.next_at_ms - segment.at_ms AS span_ms,
    CASE
      WHEN segment.next_read_bytes > segment.bytes THEN segment.next_read_bytes - segment.bytes
      ELSE 0
    END AS gain_bytes
  FROM segment
  JOIN bound
    ON (segment.is_reading = 0 OR segment.at_ms <= bound.bound_ms)
    AND (segment.next_at_ms IS NULL OR bound.bound_ms < segment.next_at_ms)
),
-- The three curves at a bound.
standing AS (
  SELECT
    process_key, period_no, side, upper_bytes, bytes AS lower_bytes,
    CASE
      WHEN elapsed_ms > 0 AND span_ms IS NOT NULL THEN
        bytes + gain_bytes / span_ms * elapsed_ms
        + gain_bytes % span_ms * (elapsed_ms >> 20) / span_ms * 1048576
        + (
          gain_bytes % span_ms * (elapsed_ms >> 20) % span_ms * 1048576
          + gain_bytes % span_ms * (elapsed_ms & 1048575)
        ) / span_ms
      ELSE bytes
    END AS point_bytes
  FROM crossing
),
sent AS (
  SELECT
    process_key,
    period_no,
    sum(side * point_bytes) AS egress_bytes,
    sum(CASE side WHEN 1 THEN lower_bytes ELSE -upper_bytes END) AS egress_bytes_lo,
    sum(CASE side WHEN 1 THEN upper_bytes ELSE -lower_bytes END) AS egress_bytes_hi
  FROM standing
  GROUP BY process_key, period_no
),
finding AS (
  SELECT
    process_key,
    max(at_ms) AS last_at_ms,
    max(is_wrapped) AS wrap32,
    max(is_late) AS late_final,
    max(CASE WHEN is_reading = 0 AND at_ms IS NULL THEN 1 ELSE 0 END) AS unknown_start,
    max(CASE WHEN next_at_ms IS NULL AND read_bytes < bytes THEN 1 ELSE 0 END) AS counter_break,
    CASE
      WHEN min(CASE WHEN read_bytes < bytes THEN at_ms END)
        < max(CASE WHEN is_reading = 1 AND read_bytes = bytes THEN at_ms END) THEN 1
      ELSE 0
    END AS stale_read,
    CASE
      WHEN max(bytes) = 2147483647
        AND sum(CASE WHEN is_reading = 1 AND bytes = 2147483647 THEN 1 END) > 1 THEN 1
      ELSE 0
    END AS clamped32
  FROM segment
  GROUP BY process_key
),
process_egress AS (
  SELECT
    alive.process_key AS process_key,
    period.period_no AS period_no,
    coalesce(sent.egress_bytes, 0) AS egress_bytes,
    CASE WHEN sent.egress_bytes_lo > 0 THEN sent.egress_bytes_lo ELSE 0 END AS egress_bytes_lo,
    coalesce(sent.egress_bytes_hi, 0) AS egress_bytes_hi,
    CASE
      WHEN period.to_ms > finding.last_at_ms
        AND period.from_ms < alive.death_ms
        AND (
          finding.counter_break = 1
          OR finding.clamped32 = 1
          OR alive.terminated_at_ms IS NULL
          OR finding.last_at_ms < alive.terminated_at_ms
        ) THEN 1
      ELSE 0
    END AS is_open,
    CASE
      WHEN alive.first_reading_ms IS NULL
        AND alive.begin_ms < alive.death_ms
        AND alive.begin_ms < period.to_ms
        AND alive.death_ms > period.from_ms THEN 1
      ELSE 0
    END AS is_unmetered
  FROM alive
  JOIN period
  LEFT JOIN sent
    ON sent.process_key = alive.process_key AND sent.period_no = period.period_no
  LEFT JOIN finding ON finding.process_key = alive.process_key
)
SELECT
  process.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  process_egress.egress_bytes AS egress_bytes,
  process_egress.egress_bytes_lo AS egress_bytes_lo,
  process_egress.egress_bytes_hi AS egress_bytes_hi,
  process_egress.is_open AS open_processes,
  process_egress.is_unmetered AS unmetered_processes,
  rtrim(
    CASE WHEN finding.wrap32 = 1 THEN 'wrap32 ' ELSE '' END
    || CASE WHEN finding.unknown_start = 1 THEN 'unknown_start ' ELSE '' END
    || CASE WHEN finding.stale_read = 1 THEN 'stale_read ' ELSE '' END
    || CASE WHEN finding.counter_break = 1 THEN 'counter_break ' ELSE '' END
    || CASE WHEN finding.clamped32 = 1 THEN 'clamped32 ' ELSE '' END
    || CASE WHEN finding.late_final = 1 THEN 'late_final ' ELSE '' END
  ) AS flags
FROM process_egress
JOIN process ON process.process_key = process_egress.process_key
JOIN process_attribute AS attribute
  ON attribute.process_key = process.process_key
  AND attribute.attribute_no = process.latest_attribute_no
LEFT JOIN label AS app ON app.label_key = attribute.app_key
LEFT JOIN label AS deployment ON deployment.label_key = attribute.deployment_key
LEFT JOIN label AS region ON region.label_key = attribute.region_key
LEFT JOIN finding ON finding.process_key = process.process_key
WHERE process_egress.egress_bytes_hi > 0
  OR process_egress.is_open = 1
  OR process_egress.is_unmetered = 1
ORDER BY process.process_id;
