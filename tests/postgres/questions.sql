-- Writes files question.NAME, of a parameter and its value a line: windows that hold all, cut lives or hold
-- nothing, with longest lives and graces of all sizes.
.mode list
.separator " "
CREATE TEMP TABLE known AS
SELECT
  (SELECT min(from_ms) FROM process_meter) AS first_ms,
  (SELECT max(observed_at_ms) FROM snapshot) AS last_ms,
  (SELECT observed_at_ms FROM snapshot ORDER BY observed_at_ms LIMIT 1
    OFFSET (SELECT count(*) FROM snapshot) / 3) AS early_ms,
  (SELECT observed_at_ms FROM snapshot ORDER BY observed_at_ms LIMIT 1
    OFFSET (SELECT count(*) FROM snapshot) * 2 / 3) AS late_ms;
CREATE TEMP TABLE question AS
SELECT 'all' AS name, first_ms - 1 AS from_ms, last_ms AS to_ms, last_ms AS as_of_ms, 900000 AS grace_ms,
  259200000 AS max_lifespan_ms, 1000 AS top, 60000 AS gap_ms,
  1 AS trust_absence
FROM known
UNION ALL
SELECT 'middle', early_ms + 7001, late_ms - 5003, last_ms, 900000, 259200000, 3, 1, 1 FROM known
UNION ALL
SELECT 'before', early_ms - 1, late_ms, late_ms - 60001, 0, 600000, 10, 0, 0 FROM known
UNION ALL
SELECT 'longest', early_ms, late_ms + 1, last_ms, 3600000, 100000000000, 10, 600000, 1 FROM known
UNION ALL
SELECT 'instant', early_ms, early_ms + 1, last_ms, 1, 1, -4, 60000, 1 FROM known
UNION ALL
SELECT 'ages', -62135596800001, 253402300799999, last_ms, 1800000, 1000000000, 0, 60000, 0 FROM known
UNION ALL
SELECT 'nothing', late_ms, late_ms, last_ms, 900000, 259200000, 10, 60000, 1 FROM known;
-- The process that was listed with a port for the longest time, and an instant in the middle of it.
CREATE TEMP TABLE asked AS
SELECT question.*, coalesce(holder.at_ms, 0) AS at_ms, coalesce(holder.process_id, 'none') AS process_id,
  coalesce(holder.host, 'none') AS host, coalesce(holder.port, 1) AS port
FROM question
LEFT JOIN (
  SELECT (process.first_seen_ms + process.last_seen_ms) / 2 AS at_ms, process.process_id AS process_id,
    label.label AS host, port.port AS port
  FROM port
  JOIN label ON label.label_key = port.host_key
  JOIN process ON process.process_key = port.process_key
  WHERE port.port IS NOT NULL
    AND label.label NOT GLOB '*[^a-zA-Z0-9.-]*' AND label.label GLOB '*[a-z]*'
    AND process.process_id NOT GLOB '*[^a-zA-Z0-9-]*' AND process.process_id GLOB '*[a-z]*'
  ORDER BY process.last_seen_ms - process.first_seen_ms DESC, process.process_id, port.position
  LIMIT 1
) AS holder;
.output questions.sh
SELECT
  '.once question.' || name || char(10)
  || 'SELECT ' || quote(
    'from_ms ' || from_ms || char(10) || 'to_ms ' || to_ms || char(10) || 'as_of_ms ' || as_of_ms
    || char(10) || 'grace_ms ' || grace_ms || char(10) || 'max_lifespan_ms ' || max_lifespan_ms
    || char(10) || 'trust_absence ' || trust_absence
    || char(10) || 'top ' || top || char(10) || 'gap_ms ' || gap_ms || char(10) || 'at_ms ' || at_ms
    || char(10) || 'process_id ' || process_id || char(10) || 'host ' || host
    || char(10) || 'port ' || port
  ) || ';'
FROM asked;
.output
.read questions.sh
