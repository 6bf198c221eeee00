-- startup_time_by_region: how long processes took from being provisioned to being up, by region.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- out  region  TEXT  '' when unknown
-- out  processes  INTEGER  that started in the window and whose startup is known
-- out  startup_p50_ms  INTEGER  startedAt less startingAt, at the 50th percentile
-- out  startup_p90_ms  INTEGER
-- out  startup_p99_ms  INTEGER
-- out  startup_max_ms  INTEGER
-- out  undated_processes  INTEGER  started in the window without a startingAt, or before it
-- rows one per region in which a process started, by name
--
-- Percentiles are by nearest rank: the p-th of n values is the one at place ceil(p * n / 100) when
-- they are sorted, so it is a value that occurred. That place is the first with
-- 100 * place >= p * n, and needs no division.
--
-- Reads the summary of every process and no observation.
WITH startup AS (
  SELECT
    meter.region_key AS region_key,
    CASE
      WHEN process.starting_at_ms <= process.started_at_ms
        THEN process.started_at_ms - process.starting_at_ms
    END AS startup_ms,
    count(*) AS starts
  FROM process
  JOIN process_meter AS meter ON meter.process_key = process.process_key
  WHERE process.started_at_ms >= :from_ms AND process.started_at_ms < :to_ms
  GROUP BY startup_ms, meter.region_key
),
region_startup AS (
  SELECT
    coalesce(region.label, '') AS region,
    startup.startup_ms AS startup_ms,
    startup.starts AS starts
  FROM startup
  LEFT JOIN label AS region ON region.label_key = startup.region_key
),
-- The last place that a length of startup takes.
placed AS (
  SELECT
    region,
    startup_ms,
    starts,
    CASE WHEN startup_ms IS NULL THEN starts ELSE 0 END AS undated,
    sum(starts) OVER (PARTITION BY region ORDER BY startup_ms NULLS LAST) AS place,
    sum(CASE WHEN startup_ms IS NULL THEN 0 ELSE starts END) OVER (PARTITION BY region)
      AS processes
  FROM region_startup
)
SELECT
  region,
  processes,
  min(CASE WHEN 100 * place >= 50 * processes THEN startup_ms END) AS startup_p50_ms,
  min(CASE WHEN 100 * place >= 90 * processes THEN startup_ms END) AS startup_p90_ms,
  min(CASE WHEN 100 * place >= 99 * processes THEN startup_ms END) AS startup_p99_ms,
  max(startup_ms) AS startup_max_ms,
  sum(undated) AS undated_processes
FROM placed
GROUP BY region, processes
ORDER BY region;
