-- top_talkers: the processes that sent most in a window, and how fast.
--
-- in   :from_ms  INTEGER  unix ms, inclusive
-- in   :to_ms  INTEGER  unix ms, exclusive
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- in   :top  INTEGER  how many
-- out  place  INTEGER  1 sent most
-- out  process_id  TEXT
-- out  app_id  TEXT  '' when unknown
-- out  deployment_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  egress_bytes  INTEGER
-- out  egress_bytes_lo  INTEGER  at least so many
-- out  egress_bytes_hi  INTEGER  at most so many; of an open process only what was seen
-- out  open_processes  INTEGER  1: it may have sent more than anybody read
-- out  running_egress_bytes  INTEGER  of this place and all before it
-- out  fleet_egress_bytes  INTEGER  of all processes, to compare with
-- rows one per process that sent something, most first; of equals by id
--
-- Bytes are those of egress_by_process, and every table of this query up to process_egress is its.
-- The share of the first n places is the n-th running_egress_bytes of fleet_egress_bytes: left to
-- the reader, who knows how to round it. Reads the summary of every process in the window, and the
-- observations of those whose counter an end of the window cuts.
WITH RECURSIVE
-- part: period,
-- part: longest_life,
-- part: extent,
-- part: asked,
-- part: present,
-- part: sought_curve,
-- part: process_egress,
talker AS MATERIALIZED (
  SELECT process_key, egress_bytes, egress_bytes_lo, egress_bytes_hi, is_open
  FROM process_egress
  WHERE egress_bytes > 0
),
topmost AS (
  SELECT
    process.process_id AS process_id,
    talker.process_key AS process_key,
    talker.egress_bytes AS egress_bytes,
    talker.egress_bytes_lo AS egress_bytes_lo,
    talker.egress_bytes_hi AS egress_bytes_hi,
    talker.is_open AS is_open
  FROM talker
  CROSS JOIN process
  WHERE process.process_key = talker.process_key
  ORDER BY talker.egress_bytes DESC, process.process_id
  LIMIT CASE WHEN :top > 0 THEN :top ELSE 0 END
)
SELECT
  row_number() OVER most_first AS place,
  topmost.process_id AS process_id,
  -- part: place_columns,
  topmost.egress_bytes AS egress_bytes,
  topmost.egress_bytes_lo AS egress_bytes_lo,
  topmost.egress_bytes_hi AS egress_bytes_hi,
  topmost.is_open AS open_processes,
  sum(topmost.egress_bytes) OVER (most_first ROWS UNBOUNDED PRECEDING) AS running_egress_bytes,
  (SELECT sum(egress_bytes) FROM talker) AS fleet_egress_bytes
FROM topmost
JOIN process_meter AS owner ON owner.process_key = topmost.process_key
-- part: place_labels
WINDOW most_first AS (ORDER BY topmost.egress_bytes DESC, topmost.process_id)
ORDER BY place;
