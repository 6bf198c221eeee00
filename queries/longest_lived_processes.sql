-- longest_lived_processes: the processes alive in a window that were billable longest in all.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- in   :top  INTEGER  how many
-- out  place  INTEGER  1 lived longest
-- out  process_id  TEXT
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  rule  TEXT  what decided its end: complete, no_stop_order, running or orphan
-- out  begin_at_ms  INTEGER  unix ms
-- out  end_at_ms  INTEGER  unix ms, not later than the as-of
-- out  life_ms  INTEGER  from one to the other, inside the window and outside
-- out  life_ms_hi  INTEGER  at most so long: an orphan may have lived on unseen
-- rows one per process that was billable in the window, longest first; of equals by id
--
-- Ends are those of billing_by_process; every table of this query up to cut_span is its. A life
-- longer than the vendor allows is a life whose end nobody recorded: look at its rule.
--
-- Reads the summary of every process and no observation.
WITH period AS (
  SELECT 0 AS period_no, from_ms, to_ms
  FROM (
    SELECT
      :from_ms AS from_ms,
      CASE WHEN :to_ms < :as_of_ms THEN :to_ms ELSE :as_of_ms END AS to_ms
  )
  WHERE from_ms < to_ms
),
billed_life AS (
  SELECT
    process_key, started_at_ms, stopping_at_ms, terminated_at_ms, last_seen_ms,
    CASE
      WHEN started_at_ms IS NULL AND coalesce(stopping_at_ms, terminated_at_ms) IS NOT NULL
        THEN 'never_started'
      WHEN started_at_ms IS NULL THEN 'starting'
      WHEN coalesce(stopping_at_ms, terminated_at_ms) < started_at_ms THEN 'inverted'
      WHEN stopping_at_ms IS NOT NULL THEN 'complete'
      WHEN terminated_at_ms IS NOT NULL THEN 'no_stop_order'
      WHEN :as_of_ms - last_seen_ms <= :grace_ms THEN 'running'
      ELSE 'orphan'
    END AS rule,
    (
      SELECT max(unended.last_seen_ms)
      FROM process_attribute AS unended
      WHERE process.stopping_at_ms IS NULL
        AND process.terminated_at_ms IS NOT NULL
        AND unended.process_key = process.process_key
        AND unended.terminated_at_ms IS NULL
    ) AS last_unended_ms
  FROM process
  WHERE last_seen_ms IS NOT NULL
),
-- The table of ends. One that never started, or started after its end, has none.
billed_span AS (
  SELECT
    process_key,
    rule,
    CASE rule WHEN 'starting' THEN last_seen_ms ELSE started_at_ms END AS start_ms,
    CASE rule
      WHEN 'complete' THEN stopping_at_ms
      WHEN 'no_stop_order' THEN terminated_at_ms
      WHEN 'running' THEN :as_of_ms
      ELSE last_seen_ms
    END AS end_ms,
    CASE
      WHEN rule = 'complete' THEN stopping_at_ms
      WHEN rule <> 'no_stop_order' THEN last_seen_ms
      WHEN coalesce(last_unended_ms, started_at_ms) < terminated_at_ms
        THEN coalesce(last_unended_ms, started_at_ms)
      ELSE terminated_at_ms
    END AS end_lo_ms,
    CASE
      WHEN rule = 'complete' THEN stopping_at_ms
      WHEN rule = 'no_stop_order' THEN terminated_at_ms
      WHEN rule <> 'orphan' THEN :as_of_ms
      WHEN started_at_ms + :max_lifespan_ms > last_seen_ms THEN started_at_ms + :max_lifespan_ms
      ELSE last_seen_ms
    END AS end_hi_ms
  FROM billed_life
  WHERE rule NOT IN ('never_started', 'inverted')
),
-- Cut at the period's ends; the later one is never past the as-of.
cut_span AS (
  SELECT
    billed_span.process_key AS process_key,
    billed_span.rule AS rule,
    period.period_no AS period_no,
    CASE WHEN start_ms > from_ms THEN start_ms ELSE from_ms END AS start_ms,
    CASE WHEN end_ms < to_ms THEN end_ms ELSE to_ms END AS end_ms,
    CASE WHEN end_lo_ms < to_ms THEN end_lo_ms ELSE to_ms END AS end_lo_ms,
    CASE WHEN end_hi_ms < to_ms THEN end_hi_ms ELSE to_ms END AS end_hi_ms
  FROM period
  JOIN billed_span ON billed_span.start_ms < period.to_ms AND billed_span.end_hi_ms > period.from_ms
),
whole_life AS (
  SELECT
    billed_span.process_key AS process_key,
    billed_span.rule AS rule,
    billed_span.start_ms AS begin_at_ms,
    CASE WHEN billed_span.end_ms < :as_of_ms THEN billed_span.end_ms ELSE :as_of_ms END
      AS end_at_ms,
    CASE WHEN billed_span.end_hi_ms < :as_of_ms THEN billed_span.end_hi_ms ELSE :as_of_ms END
      AS end_hi_ms
  FROM cut_span
  JOIN billed_span ON billed_span.process_key = cut_span.process_key
  WHERE cut_span.end_ms > cut_span.start_ms
),
placed AS (
  SELECT
    row_number() OVER (
      ORDER BY whole_life.end_at_ms - whole_life.begin_at_ms DESC, process.process_id
    ) AS place,
    process.process_id AS process_id,
    process.process_key AS process_key,
    process.latest_attribute_no AS attribute_no,
    whole_life.rule AS rule,
    whole_life.begin_at_ms AS begin_at_ms,
    whole_life.end_at_ms AS end_at_ms,
    whole_life.end_hi_ms AS end_hi_ms
  FROM whole_life
  JOIN process ON process.process_key = whole_life.process_key
)
SELECT
  placed.place AS place,
  placed.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  placed.rule AS rule,
  placed.begin_at_ms AS begin_at_ms,
  placed.end_at_ms AS end_at_ms,
  placed.end_at_ms - placed.begin_at_ms AS life_ms,
  placed.end_hi_ms - placed.begin_at_ms AS life_ms_hi
FROM placed
JOIN process_attribute AS attribute
  ON attribute.process_key = placed.process_key
  AND attribute.attribute_no = placed.attribute_no
LEFT JOIN label AS app ON app.label_key = attribute.app_key
LEFT JOIN label AS deployment ON deployment.label_key = attribute.deployment_key
LEFT JOIN label AS region ON region.label_key = attribute.region_key
WHERE placed.place <= :top
ORDER BY placed.place;
