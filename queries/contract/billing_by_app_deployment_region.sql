-- billing_by_app_deployment_region: billable time of a window, with its bounds.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  processes  INTEGER?  processes whose billable_ms_hi is greater than 0
-- out  billable_ms  INTEGER?
-- out  billable_ms_lo  INTEGER?  at least
-- out  billable_ms_hi  INTEGER?  at most
-- rows one per app, deployment and region that has any, by name
--
-- What `billing --by app,deployment,region` says. Both ends of the window are boundaries, or lie
-- at or after the as-of; of another window everything is NULL, and not a little wrong.
SELECT
  summed.app_id AS app_id,
  summed.deployment_id AS deployment_id,
  summed.region AS region,
  summed.processes AS processes,
  summed.billable_ms AS billable_ms,
  summed.billable_ms_lo AS billable_ms_lo,
  summed.billable_ms_hi AS billable_ms_hi
FROM (
  SELECT
    process.app_id AS app_id,
    process.deployment_id AS deployment_id,
    process.region AS region,
    SUM(CASE WHEN curve.hi_to > curve.hi_from THEN 1 WHEN curve.hi_to = curve.hi_from THEN 0 END)
      AS processes,
    SUM(curve.point_to - curve.point_from) AS billable_ms,
    SUM(curve.lo_to - curve.lo_from) AS billable_ms_lo,
    SUM(curve.hi_to - curve.hi_from) AS billable_ms_hi
  FROM process
  JOIN (
    SELECT
      step.process_id AS process_id,
      MAX(step.point_from) AS point_from,
      MAX(step.lo_from) AS lo_from,
      MAX(step.hi_from) AS hi_from,
      MAX(step.point_to) AS point_to,
      MAX(step.lo_to) AS lo_to,
      MAX(step.hi_to) AS hi_to
    FROM (
      SELECT
        hour.process_id AS process_id,
        CASE
          WHEN :from_ms % meta.grain_ms <> 0 AND :from_ms < meta.as_of_ms THEN NULL
          WHEN :from_ms < hour.at_ms THEN 0
          WHEN :from_ms - hour.at_ms < hour.tail_ms THEN hour.billable_ms + :from_ms - hour.at_ms
          ELSE hour.billable_ms + hour.tail_ms
        END AS point_from,
        CASE
          WHEN :from_ms % meta.grain_ms <> 0 AND :from_ms < meta.as_of_ms THEN NULL
          WHEN :from_ms < hour.at_ms THEN 0
          WHEN :from_ms - hour.at_ms < hour.tail_ms_lo
            THEN hour.billable_ms_lo + :from_ms - hour.at_ms
          ELSE hour.billable_ms_lo + hour.tail_ms_lo
        END AS lo_from,
        CASE
          WHEN :from_ms % meta.grain_ms <> 0 AND :from_ms < meta.as_of_ms THEN NULL
          WHEN :from_ms < hour.at_ms THEN 0
          WHEN :from_ms - hour.at_ms < hour.tail_ms_hi
            THEN hour.billable_ms_hi + :from_ms - hour.at_ms
          ELSE hour.billable_ms_hi + hour.tail_ms_hi
        END AS hi_from,
        CASE
          WHEN :to_ms % meta.grain_ms <> 0 AND :to_ms < meta.as_of_ms THEN NULL
          WHEN :to_ms < hour.at_ms THEN 0
          WHEN :to_ms - hour.at_ms < hour.tail_ms THEN hour.billable_ms + :to_ms - hour.at_ms
          ELSE hour.billable_ms + hour.tail_ms
        END AS point_to,
        CASE
          WHEN :to_ms % meta.grain_ms <> 0 AND :to_ms < meta.as_of_ms THEN NULL
          WHEN :to_ms < hour.at_ms THEN 0
          WHEN :to_ms - hour.at_ms < hour.tail_ms_lo THEN hour.billable_ms_lo + :to_ms - hour.at_ms
          ELSE hour.billable_ms_lo + hour.tail_ms_lo
        END AS lo_to,
        CASE
          WHEN :to_ms % meta.grain_ms <> 0 AND :to_ms < meta.as_of_ms THEN NULL
          WHEN :to_ms < hour.at_ms THEN 0
          WHEN :to_ms - hour.at_ms < hour.tail_ms_hi THEN hour.billable_ms_hi + :to_ms - hour.at_ms
          ELSE hour.billable_ms_hi + hour.tail_ms_hi
        END AS hi_to
      FROM process_hour AS hour
      CROSS JOIN meta
    ) AS step
    GROUP BY step.process_id
  ) AS curve ON curve.process_id = process.process_id
  GROUP BY process.app_id, process.deployment_id, process.region
) AS summed
WHERE summed.processes > 0 OR summed.processes IS NULL
ORDER BY app_id, deployment_id, region;
