-- egress_by_region: bytes that left in a window, with their bounds.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- out  region  TEXT  '' when unknown
-- out  processes  INTEGER?  processes that sent something, at most, or are open
-- out  egress_bytes  INTEGER?
-- out  egress_bytes_lo  INTEGER?  at least
-- out  egress_bytes_hi  INTEGER?  at most; where open_processes is not 0, of what was seen
-- out  open_processes  INTEGER  that may have sent more than was seen
-- out  unmetered_processes  INTEGER  of which nobody read a counter
-- rows one per region that has any, by name
--
-- What `egress --by region` says. Both ends of the window are boundaries, or lie at or after the
-- as-of; of another window the bytes are NULL, and not a little wrong.
SELECT
  summed.region AS region,
  CASE WHEN asked.on_boundaries = 1 THEN summed.processes END AS processes,
  CASE WHEN asked.on_boundaries = 1 THEN summed.egress_bytes END AS egress_bytes,
  CASE WHEN asked.on_boundaries = 1 THEN summed.egress_bytes_lo END AS egress_bytes_lo,
  CASE WHEN asked.on_boundaries = 1 THEN summed.egress_bytes_hi END AS egress_bytes_hi,
  summed.open_processes AS open_processes,
  summed.unmetered_processes AS unmetered_processes
FROM (
  SELECT
    one.region AS region,
    SUM(CASE WHEN one.is_open = 1 OR one.hi_to > one.lo_from THEN 1 ELSE 0 END) AS processes,
    SUM(one.point_to - one.point_from) AS egress_bytes,
    SUM(CASE WHEN one.lo_to > one.hi_from THEN one.lo_to - one.hi_from ELSE 0 END)
      AS egress_bytes_lo,
    SUM(one.hi_to - one.lo_from) AS egress_bytes_hi,
    SUM(one.is_open) AS open_processes,
    SUM(one.is_unmetered) AS unmetered_processes
  FROM (
    SELECT
      process.process_id AS process_id,
      process.region AS region,
      MAX(
        CASE WHEN process.open_from_ms < :to_ms AND process.open_to_ms > :from_ms THEN 1 ELSE 0 END
      ) AS is_open,
      MAX(
        CASE
          WHEN process.unmetered_from_ms < :to_ms AND process.unmetered_to_ms > :from_ms THEN 1
          ELSE 0
        END
      ) AS is_unmetered,
      MAX(CASE WHEN hour.at_ms <= :from_ms THEN hour.egress_bytes ELSE 0 END) AS point_from,
      MAX(CASE WHEN hour.at_ms <= :from_ms THEN hour.egress_bytes_lo ELSE 0 END) AS lo_from,
      MAX(CASE WHEN hour.at_ms <= :from_ms THEN hour.egress_bytes_hi ELSE 0 END) AS hi_from,
      MAX(CASE WHEN hour.at_ms <= :to_ms THEN hour.egress_bytes ELSE 0 END) AS point_to,
      MAX(CASE WHEN hour.at_ms <= :to_ms THEN hour.egress_bytes_lo ELSE 0 END) AS lo_to,
      MAX(CASE WHEN hour.at_ms <= :to_ms THEN hour.egress_bytes_hi ELSE 0 END) AS hi_to
    FROM process
    LEFT JOIN process_hour AS hour ON hour.process_id = process.process_id
    GROUP BY process.process_id, process.region
  ) AS one
  GROUP BY one.region
) AS summed
CROSS JOIN (
  SELECT
    CASE
      WHEN :from_ms % meta.grain_ms <> 0 THEN 0
      WHEN :to_ms % meta.grain_ms <> 0 AND :to_ms < meta.as_of_ms THEN 0
      ELSE 1
    END AS on_boundaries
  FROM meta
  WHERE :from_ms < meta.as_of_ms
) AS asked
WHERE summed.processes > 0 OR summed.unmetered_processes > 0 OR asked.on_boundaries = 0
ORDER BY region;
