-- billing_by_process: every process with billable time in a window, and its bounds.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- out  process_id  TEXT
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  rule  TEXT  which row of the table of ends decided it
-- out  billable_ms  INTEGER
-- out  billable_ms_lo  INTEGER  at least
-- out  billable_ms_hi  INTEGER  at most
-- rows one per process whose billable_ms_hi is greater than 0, by its id
--
-- What `billing --by process` says, of any window: spans are known to the millisecond.
SELECT
  part.process_id AS process_id,
  part.app_id AS app_id,
  part.deployment_id AS deployment_id,
  part.region AS region,
  part.rule AS rule,
  CASE WHEN part.to_ms > part.from_ms THEN part.to_ms - part.from_ms ELSE 0 END AS billable_ms,
  CASE WHEN part.to_ms_lo > part.from_ms THEN part.to_ms_lo - part.from_ms ELSE 0 END
    AS billable_ms_lo,
  part.to_ms_hi - part.from_ms AS billable_ms_hi
FROM (
  SELECT
    process.process_id AS process_id,
    process.app_id AS app_id,
    process.deployment_id AS deployment_id,
    process.region AS region,
    process.rule AS rule,
    CASE WHEN process.billed_from_ms > :from_ms THEN process.billed_from_ms ELSE :from_ms END
      AS from_ms,
    CASE WHEN process.billed_to_ms < :to_ms THEN process.billed_to_ms ELSE :to_ms END AS to_ms,
    CASE WHEN process.billed_to_ms_lo < :to_ms THEN process.billed_to_ms_lo ELSE :to_ms END
      AS to_ms_lo,
    CASE WHEN process.billed_to_ms_hi < :to_ms THEN process.billed_to_ms_hi ELSE :to_ms END
      AS to_ms_hi
  FROM process
  WHERE process.billed_from_ms IS NOT NULL
) AS part
WHERE part.to_ms_hi > part.from_ms
ORDER BY process_id;
