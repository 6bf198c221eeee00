-- longest_lived_processes: the processes alive in a window that were billable longest in all.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- in   :trust_absence  INTEGER  1: a process is gone when a running list ought to hold it
-- in   :top  INTEGER  how many
-- out  place  INTEGER  1 lived longest
-- out  process_id  TEXT
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  rule  TEXT  what decided its end: complete, no_stop_order, gone, running or orphan
-- out  begin_at_ms  INTEGER  unix ms
-- out  end_at_ms  INTEGER  unix ms, not later than the as-of
-- out  life_ms  INTEGER  from one to the other, inside the window and outside
-- out  life_ms_hi  INTEGER  at most so long: an orphan may have lived on unseen
-- rows one per process that was billable in the window, longest first; of equals by id
--
-- Ends are those of billing_by_process; billed_span and period are its. A life
-- longer than the vendor allows is a life whose end nobody recorded: look at its rule.
--
-- Reads the summary of every process in the window and no observation.
WITH RECURSIVE
-- part: period,
-- part: longest_life,
-- part: extent,
-- part: asked,
-- part: present,
-- part: billed_stretch,
whole_life AS (
  SELECT
    billed_stretch.process_key AS process_key,
    process.process_id AS process_id,
    billed_stretch.rule AS rule,
    billed_stretch.start_ms AS begin_at_ms,
    CASE WHEN billed_stretch.end_ms < :as_of_ms THEN billed_stretch.end_ms ELSE :as_of_ms END
      AS end_at_ms,
    CASE WHEN billed_stretch.end_hi_ms < :as_of_ms THEN billed_stretch.end_hi_ms ELSE :as_of_ms END
      AS end_hi_ms
  FROM billed_stretch
  CROSS JOIN process
  WHERE process.process_key = billed_stretch.process_key
),
longest AS (
  SELECT process_key, process_id, rule, begin_at_ms, end_at_ms, end_hi_ms
  FROM whole_life
  ORDER BY end_at_ms - begin_at_ms DESC, process_id
  LIMIT CASE WHEN :top > 0 THEN :top ELSE 0 END
)
SELECT
  row_number() OVER (ORDER BY longest.end_at_ms - longest.begin_at_ms DESC, longest.process_id)
    AS place,
  longest.process_id AS process_id,
  -- part: place_columns,
  longest.rule AS rule,
  longest.begin_at_ms AS begin_at_ms,
  longest.end_at_ms AS end_at_ms,
  longest.end_at_ms - longest.begin_at_ms AS life_ms,
  longest.end_hi_ms - longest.begin_at_ms AS life_ms_hi
FROM longest
JOIN process_meter AS owner ON owner.process_key = longest.process_key
-- part: place_labels
ORDER BY place;
