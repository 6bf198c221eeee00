-- billing_by_app_deployment_region: billable time of a window, with its bounds.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  processes  INTEGER  processes whose billable_ms_hi is greater than 0
-- out  billable_ms  INTEGER
-- out  billable_ms_lo  INTEGER  at least
-- out  billable_ms_hi  INTEGER  at most
-- rows one per app, deployment and region that has any, by name
--
-- What `billing --by app,deployment,region` says, of any window: spans are known to the
-- millisecond.
SELECT
  part.app_id AS app_id,
  part.deployment_id AS deployment_id,
  part.region AS region,
  SUM(1) AS processes,
  SUM(CASE WHEN part.to_ms > part.from_ms THEN part.to_ms - part.from_ms ELSE 0 END)
    AS billable_ms,
  SUM(CASE WHEN part.to_ms_lo > part.from_ms THEN part.to_ms_lo - part.from_ms ELSE 0 END)
    AS billable_ms_lo,
  SUM(part.to_ms_hi - part.from_ms) AS billable_ms_hi
FROM (
  SELECT
    process.app_id AS app_id,
    process.deployment_id AS deployment_id,
    process.region AS region,
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
GROUP BY part.app_id, part.deployment_id, part.region
ORDER BY app_id, deployment_id, region;
