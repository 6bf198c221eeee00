-- polls_by_region: how often each region was polled in a window.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, inclusive: the last poll stands at the as-of itself
-- in   :gap_ms  INTEGER  a longer time between two polls is a gap
-- in   :trust_absence  INTEGER  1: a running list is a poll, also one that holds no process
-- out  region  TEXT  '' when unknown
-- out  polls  INTEGER  different instants at which the region was polled
-- out  capped_polls  INTEGER  of them, those from a list that was probably cut
-- out  processes  INTEGER  listed at least once
-- out  first_poll_at_ms  INTEGER  unix ms
-- out  last_poll_at_ms  INTEGER  unix ms
-- out  gaps  INTEGER  times between two polls that are longer than gap_ms
-- out  gaps_ms  INTEGER  their length, added up
-- out  longest_gap_ms  INTEGER  longest time between two polls, a gap or not; NULL with one poll
-- out  longest_gap_at_ms  INTEGER  unix ms; where it begins, the first of equals
-- rows one per region that was polled in the window, by name
--
-- A region was polled when one of its processes was listed, or when a running list speaks for it.
-- Another poll does not say which region it asked for: there, a region without processes looks like
-- one without polls. Among `processes`, each counts where it was last said to be. Time before the
-- first poll and after the last is no gap.
--
-- Which places a snapshot saw stands in its row of sighting, a bit for each place. Reads every
-- snapshot of the window, every running list, and the summary of every process.
WITH RECURSIVE
-- The values of the 63 bits of sighting.places.
bit AS (
  SELECT 0 AS bit_no, CAST(1 AS BIGINT) AS bit
  UNION ALL
  SELECT lower_bit.bit_no + 1, lower_bit.bit * 2
  FROM bit AS lower_bit
  WHERE lower_bit.bit_no < 62
),
-- Every region by number. A running list may speak for one in which no process was ever seen.
region_name AS MATERIALIZED (
  SELECT dense_rank() OVER (ORDER BY known.region) AS region_no, known.region AS region
  FROM (
    SELECT coalesce(label.label, '') AS region
    FROM place
    LEFT JOIN label ON label.label_key = place.region_key
    UNION
    SELECT label.label AS region
    FROM (SELECT DISTINCT region_key FROM list_scope) AS scope
    JOIN label ON label.label_key = scope.region_key
  ) AS known
),
-- The places of each region, as sighting has them. Remainders would tell a bit as well, but only
-- one at a time. & on two 64-bit integers is an operator on bits that databases agree on.
bits AS MATERIALIZED (
  SELECT
    region_name.region_no AS region_no,
    place.place_no / 63 AS block,
    CAST(sum(bit.bit) AS BIGINT) AS places
  FROM place
  JOIN bit ON bit.bit_no = place.place_no % 63
  LEFT JOIN label AS region ON region.label_key = place.region_key
  JOIN region_name ON region_name.region = coalesce(region.label, '')
  GROUP BY region_name.region_no, place.place_no / 63
),
-- The regions that each running list speaks for; one of a whole app speaks for those of its places.
spoken_for AS (
  SELECT region_key, observed_at_ms, started_floor_ms
  FROM list_scope
  WHERE region_key <> 0 AND observed_at_ms >= :from_ms AND observed_at_ms <= :to_ms
  UNION ALL
  SELECT place.region_key, scope.observed_at_ms, scope.started_floor_ms
  FROM list_scope AS scope
  JOIN place ON place.app_key = scope.app_key
  WHERE scope.region_key = 0 AND scope.observed_at_ms >= :from_ms AND scope.observed_at_ms <= :to_ms
),
poll AS MATERIALIZED (
  SELECT
    seen.region_no AS region_no,
    seen.observed_at_ms AS observed_at_ms,
    max(seen.capped) AS capped,
    lead(seen.observed_at_ms) OVER (PARTITION BY seen.region_no ORDER BY seen.observed_at_ms)
      - seen.observed_at_ms AS until_next_ms
  FROM (
    SELECT
      bits.region_no AS region_no,
      snapshot.observed_at_ms AS observed_at_ms,
      snapshot.capped AS capped
    FROM snapshot
    CROSS JOIN sighting
    CROSS JOIN bits
    WHERE snapshot.observed_at_ms >= :from_ms
      AND snapshot.observed_at_ms <= :to_ms
      AND sighting.snapshot_seq = snapshot.snapshot_seq
      AND bits.block = sighting.block
      AND (bits.places & sighting.places) <> 0
    UNION ALL
    SELECT
      region_name.region_no AS region_no,
      spoken_for.observed_at_ms AS observed_at_ms,
      CASE WHEN spoken_for.started_floor_ms IS NULL THEN 0 ELSE 1 END AS capped
    FROM spoken_for
    LEFT JOIN label ON label.label_key = spoken_for.region_key
    JOIN region_name ON region_name.region = coalesce(label.label, '')
    WHERE :trust_absence = 1
  ) AS seen
  GROUP BY seen.region_no, seen.observed_at_ms
),
polled AS MATERIALIZED (
  SELECT
    region_no,
    count(*) AS polls,
    sum(capped) AS capped_polls,
    min(observed_at_ms) AS first_poll_at_ms,
    max(observed_at_ms) AS last_poll_at_ms,
    sum(CASE WHEN until_next_ms > :gap_ms THEN 1 ELSE 0 END) AS gaps,
    sum(CASE WHEN until_next_ms > :gap_ms THEN until_next_ms ELSE 0 END) AS gaps_ms,
    max(until_next_ms) AS longest_gap_ms
  FROM poll
  GROUP BY region_no
),
longest AS (
  SELECT poll.region_no AS region_no, min(poll.observed_at_ms) AS longest_gap_at_ms
  FROM poll
  CROSS JOIN polled
  WHERE polled.region_no = poll.region_no
    AND poll.until_next_ms = polled.longest_gap_ms
  GROUP BY poll.region_no
),
-- part: extent,
seen_window AS (
  SELECT CAST(:from_ms AS BIGINT) AS from_ms, CAST(:to_ms AS BIGINT) AS to_ms
),
-- part: seen_process,
listed AS (
  SELECT coalesce(region.label, '') AS region, sum(seen.processes) AS processes
  FROM (
    SELECT seen.region_key AS region_key, count(*) AS processes
    FROM seen_process AS seen
    CROSS JOIN process
    WHERE process.process_key = seen.process_key
      AND process.first_seen_ms <= :to_ms
      AND process.last_seen_ms >= :from_ms
      AND (
        process.first_seen_ms >= :from_ms
        OR process.last_seen_ms <= :to_ms
        OR EXISTS (
          SELECT 1
          FROM observation
          JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
          WHERE observation.process_key = process.process_key
            AND snapshot.observed_at_ms >= :from_ms
            AND snapshot.observed_at_ms <= :to_ms
        )
      )
    GROUP BY seen.region_key
  ) AS seen
  LEFT JOIN label AS region ON region.label_key = seen.region_key
  GROUP BY coalesce(region.label, '')
)
SELECT
  region.region AS region,
  polled.polls AS polls,
  polled.capped_polls AS capped_polls,
  coalesce(listed.processes, 0) AS processes,
  polled.first_poll_at_ms AS first_poll_at_ms,
  polled.last_poll_at_ms AS last_poll_at_ms,
  polled.gaps AS gaps,
  polled.gaps_ms AS gaps_ms,
  polled.longest_gap_ms AS longest_gap_ms,
  longest.longest_gap_at_ms AS longest_gap_at_ms
FROM region_name AS region
JOIN polled ON polled.region_no = region.region_no
LEFT JOIN longest ON longest.region_no = region.region_no
LEFT JOIN listed ON listed.region = region.region
ORDER BY region.region;
