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
-- Reads the summary of every process in the window and no observation.
WITH RECURSIVE
-- part: extent,
seen_window AS (
  SELECT CAST(:from_ms AS BIGINT) AS from_ms, CAST(:to_ms AS BIGINT) AS to_ms
),
-- part: seen_process,
startup AS MATERIALIZED (
  SELECT
    CASE
      WHEN seen.region_key = (SELECT label_key FROM label WHERE label = '') THEN 0
      ELSE seen.region_key
    END AS region_key,
    CASE
      WHEN process.starting_at_ms <= process.started_at_ms
        THEN process.started_at_ms - process.starting_at_ms
    END AS startup_ms,
    count(*) AS starts
  FROM seen_process AS seen
  CROSS JOIN process
  WHERE process.process_key = seen.process_key
    AND process.started_at_ms >= :from_ms
    AND process.started_at_ms < :to_ms
  GROUP BY seen.region_key, startup_ms
),
region_startup AS MATERIALIZED (
  SELECT
    region_key,
    sum(CASE WHEN startup_ms IS NULL THEN 0 ELSE starts END) AS processes,
    sum(CASE WHEN startup_ms IS NULL THEN starts ELSE 0 END) AS undated_processes,
    max(startup_ms) AS startup_max_ms
  FROM startup
  GROUP BY region_key
),
-- The last place that a length takes; before it, the places of those that are shorter.
placed AS (
  SELECT
    region_key,
    startup_ms,
    starts,
    sum(starts) OVER (PARTITION BY region_key ORDER BY startup_ms ROWS UNBOUNDED PRECEDING)
      AS place
  FROM startup
  WHERE startup_ms IS NOT NULL
),
percentile AS (
  SELECT
    placed.region_key AS region_key,
    min(CASE WHEN 100 * place >= 50 * processes THEN startup_ms END) AS startup_p50_ms,
    min(CASE WHEN 100 * place >= 90 * processes THEN startup_ms END) AS startup_p90_ms,
    min(CASE WHEN 100 * place >= 99 * processes THEN startup_ms END) AS startup_p99_ms
  FROM placed
  CROSS JOIN region_startup
  WHERE region_startup.region_key = placed.region_key
    AND (
      50 * processes BETWEEN 100 * (place - starts) + 1 AND 100 * place
      OR 90 * processes BETWEEN 100 * (place - starts) + 1 AND 100 * place
      OR 99 * processes BETWEEN 100 * (place - starts) + 1 AND 100 * place
    )
  GROUP BY placed.region_key
)
SELECT
  coalesce(region.label, '') AS region,
  region_startup.processes AS processes,
  percentile.startup_p50_ms AS startup_p50_ms,
  percentile.startup_p90_ms AS startup_p90_ms,
  percentile.startup_p99_ms AS startup_p99_ms,
  region_startup.startup_max_ms AS startup_max_ms,
  region_startup.undated_processes AS undated_processes
FROM region_startup
LEFT JOIN percentile ON percentile.region_key = region_startup.region_key
LEFT JOIN label AS region ON region.label_key = region_startup.region_key
ORDER BY region;
