-- One row is a port of the last set of ports that a process was seen with (a process that stopped
-- lists none any more). The span is that of the observations that listed exactly this port.
CREATE VIEW port_latest AS
SELECT
  process.process_id AS process_id,
  name.label AS name,
  transport_type.label AS transport_type,
  host.label AS host,
  port.port AS port,
  CASE WHEN port.position = 0 THEN 1 ELSE 0 END AS is_main,
  (
    SELECT min(said.observed_at_ms - same_attribute.first_seen_before_ms)
    FROM port AS same
    JOIN process_attribute AS same_attribute
      ON same_attribute.process_key = same.process_key
      AND same_attribute.port_set_no = same.port_set_no
    JOIN snapshot AS said ON said.snapshot_seq = same_attribute.snapshot_seq
    WHERE same.process_key = port.process_key
      AND (same.name_key = port.name_key OR (same.name_key IS NULL AND port.name_key IS NULL))
      AND (same.transport_type_key = port.transport_type_key OR (same.transport_type_key IS NULL AND port.transport_type_key IS NULL))
      AND (same.host_key = port.host_key OR (same.host_key IS NULL AND port.host_key IS NULL))
      AND (same.port = port.port OR (same.port IS NULL AND port.port IS NULL))
  ) AS first_seen_ms,
  (
    SELECT max(same_attribute.last_seen_ms)
    FROM port AS same
    JOIN process_attribute AS same_attribute
      ON same_attribute.process_key = same.process_key
      AND same_attribute.port_set_no = same.port_set_no
    WHERE same.process_key = port.process_key
      AND (same.name_key = port.name_key OR (same.name_key IS NULL AND port.name_key IS NULL))
      AND (same.transport_type_key = port.transport_type_key OR (same.transport_type_key IS NULL AND port.transport_type_key IS NULL))
      AND (same.host_key = port.host_key OR (same.host_key IS NULL AND port.host_key IS NULL))
      AND (same.port = port.port OR (same.port IS NULL AND port.port IS NULL))
  ) AS last_seen_ms
FROM port
JOIN process ON process.process_key = port.process_key
LEFT JOIN label AS name ON name.label_key = port.name_key
LEFT JOIN label AS transport_type ON transport_type.label_key = port.transport_type_key
LEFT JOIN label AS host ON host.label_key = port.host_key
WHERE port.port_set_no = (
  SELECT attribute.port_set_no
  FROM process_attribute AS attribute
  WHERE attribute.process_key = port.process_key AND attribute.port_set_no > 0
  ORDER BY
    attribute.last_seen_ms DESC, attribute.last_snapshot_seq DESC, attribute.last_restatement DESC
  LIMIT 1
);
