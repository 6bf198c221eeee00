-- billing_by_process: billable time of each process in a window, and the rule that decided its end.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- in   :trust_absence  INTEGER  1: a process is gone when a running list ought to hold it
-- out  process_id  TEXT
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  rule  TEXT  complete, no_stop_order, gone, running, orphan or starting
-- out  begin_at_ms  INTEGER  unix ms; where its billable time begins, maybe before the window
-- out  end_at_ms  INTEGER  unix ms; where it ends, maybe after the window
-- out  billable_ms  INTEGER
-- out  billable_ms_lo  INTEGER  at least so long
-- out  billable_ms_hi  INTEGER  at most so long
-- rows one per process that was billable in the window or may have been; by id
--
-- A process that stopped is billable from its start to its stop order. Where that order is not
-- known its end is, in this turn: when it was terminated (at the least when it was last seen before
-- that); between its last sight and the first running list that ought to hold it and does not (the
-- middle, at most the grace after its last sight); the as-of while it was seen lately; when it was
-- last seen (at the most its longest life). One that has not started has nothing yet, at the most
-- its longest life from when it was last seen. One that never started, or whose end lies before its
-- start, has nothing at all and no row.
--
-- Reads the summary of every process in the window and no observation.
WITH RECURSIVE
-- part: period,
-- part: longest_life,
-- part: extent,
-- part: asked,
-- part: present,
-- part: process_billing
SELECT
  process.process_id AS process_id,
  -- part: place_columns,
  process_billing.rule AS rule,
  process_billing.start_ms AS begin_at_ms,
  process_billing.end_ms AS end_at_ms,
  process_billing.billable_ms AS billable_ms,
  process_billing.billable_ms_lo AS billable_ms_lo,
  process_billing.billable_ms_hi AS billable_ms_hi
FROM process_billing
CROSS JOIN process
CROSS JOIN process_meter AS owner
-- part: place_labels
WHERE process.process_key = process_billing.process_key
  AND owner.process_key = process_billing.process_key
  AND process_billing.billable_ms_hi > 0
ORDER BY process.process_id;
