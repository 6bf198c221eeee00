-- One row is a port that a process exposed, with the span of the observations that listed it so.
CREATE VIEW port_history AS
SELECT
  process.process_id AS process_id,
  name.label AS name,
  transport_type.label AS transport_type,
  host.label AS host,
  port.port AS port,
  max(port.position = 0) AS is_main,
  min(said.observed_at_ms - attribute.first_seen_before_ms) AS first_seen_ms,
  max(attribute.last_seen_ms) AS last_seen_ms
FROM port
JOIN process ON process.process_key = port.process_key
JOIN process_attribute AS attribute
  ON attribute.process_key = port.process_key
  AND attribute.port_set_no = port.port_set_no
JOIN snapshot AS said ON said.snapshot_seq = attribute.snapshot_seq
LEFT JOIN label AS name ON name.label_key = port.name_key
LEFT JOIN label AS transport_type ON transport_type.label_key = port.transport_type_key
LEFT JOIN label AS host ON host.label_key = port.host_key
GROUP BY
  port.process_key, port.name_key, port.transport_type_key, port.host_key, port.port;
