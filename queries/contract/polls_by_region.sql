-- polls_by_region: how often each region was polled in a window.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, inclusive: the last poll stands at the as-of itself
-- out  region  TEXT  '' when unknown
-- out  polls  INTEGER  different instants at which the region was polled
-- out  capped_polls  INTEGER  of them, those from a list that was probably cut
-- out  first_poll_at_ms  INTEGER  unix ms
-- out  last_poll_at_ms  INTEGER  unix ms
-- rows one per region that was polled in the window, by name
--
-- What the named query of this name says, of any window.
SELECT
  instant.region AS region,
  SUM(1) AS polls,
  SUM(instant.is_capped) AS capped_polls,
  MIN(instant.observed_at_ms) AS first_poll_at_ms,
  MAX(instant.observed_at_ms) AS last_poll_at_ms
FROM (
  SELECT
    poll.region AS region,
    poll.observed_at_ms AS observed_at_ms,
    MAX(poll.is_capped) AS is_capped
  FROM poll
  WHERE poll.observed_at_ms >= :from_ms AND poll.observed_at_ms <= :to_ms
  GROUP BY poll.region, poll.observed_at_ms
) AS instant
GROUP BY instant.region
ORDER BY region;
