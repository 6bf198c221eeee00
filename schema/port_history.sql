-- One row is a port that a process exposed, with the span of the observations that listed it so.
-- What is gathered of one process comes as a JSON list: for no other when one is asked for.
-- Only SQLite has this json_each: in PostgreSQL the view would need a LATERAL join.
CREATE VIEW port_history AS
SELECT
  process.process_id AS process_id,
  name.label AS name,
  transport_type.label AS transport_type,
  host.label AS host,
  (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 3) AS port,
  (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 4) AS is_main,
  (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 5) AS first_seen_ms,
  (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 6) AS last_seen_ms
FROM process
CROSS JOIN json_each((
  SELECT
    '[' || group_concat(
      '[' || coalesce(name_key, 'null') || ',' || coalesce(transport_type_key, 'null') || ','
      || coalesce(host_key, 'null') || ',' || coalesce(port, 'null') || ',' || is_main || ','
      || first_seen_ms || ',' || last_seen_ms || ']'
    ) || ']'
  FROM (
    SELECT
      port.name_key AS name_key,
      port.transport_type_key AS transport_type_key,
      port.host_key AS host_key,
      port.port AS port,
      max(port.position = 0) AS is_main,
      min(said.observed_at_ms - attribute.first_seen_before_ms) AS first_seen_ms,
      max(attribute.last_seen_ms) AS last_seen_ms
    FROM process_attribute AS attribute
    JOIN snapshot AS said ON said.snapshot_seq = attribute.snapshot_seq
    JOIN port
      ON port.process_key = attribute.process_key
      AND port.port_set_no = attribute.port_set_no
    WHERE attribute.process_key = process.process_key
    GROUP BY port.name_key, port.transport_type_key, port.host_key, port.port
  )
)) AS exposed
LEFT JOIN label AS name ON name.label_key = (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 0)
LEFT JOIN label AS transport_type ON transport_type.label_key = (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 1)
LEFT JOIN label AS host ON host.label_key = (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 2);
