-- egress_by_region: bytes that each region sent in a window, with bounds.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- out  region  TEXT  '' when unknown
-- out  processes  INTEGER  that sent something, or may have
-- out  egress_bytes  INTEGER
-- out  egress_bytes_lo  INTEGER  at least so many
-- out  egress_bytes_hi  INTEGER  at most so many; of open processes only what was seen
-- out  open_processes  INTEGER  may have sent more in the window than anybody read
-- out  unmetered_processes  INTEGER  never said a counter: their egress is unknown, not 0
-- rows one per region with any of these, by name
--
-- The sums of egress_by_process, which says how a process's bytes are found. Every table of this
-- query up to process_egress is its. Reads the summary of every process in the window, and the
-- observations of those whose counter an end of the window cuts.
WITH RECURSIVE
-- part: period,
-- part: longest_life,
-- part: extent,
-- part: asked,
-- part: present,
-- part: sought_curve,
-- part: process_egress,
region_egress AS (
  SELECT
    region_key,
    sum(CASE WHEN egress_bytes_hi > 0 OR is_open = 1 THEN 1 ELSE 0 END) AS processes,
    sum(egress_bytes) AS egress_bytes,
    sum(egress_bytes_lo) AS egress_bytes_lo,
    sum(egress_bytes_hi) AS egress_bytes_hi,
    sum(is_open) AS open_processes,
    sum(is_unmetered) AS unmetered_processes
  FROM process_egress
  WHERE egress_bytes_hi > 0 OR is_open = 1 OR is_unmetered = 1
  GROUP BY region_key
)
SELECT
  coalesce(region.label, '') AS region,
  sum(region_egress.processes) AS processes,
  sum(region_egress.egress_bytes) AS egress_bytes,
  sum(region_egress.egress_bytes_lo) AS egress_bytes_lo,
  sum(region_egress.egress_bytes_hi) AS egress_bytes_hi,
  sum(region_egress.open_processes) AS open_processes,
  sum(region_egress.unmetered_processes) AS unmetered_processes
FROM region_egress
LEFT JOIN label AS region ON region.label_key = region_egress.region_key
GROUP BY coalesce(region.label, '')
ORDER BY region;
