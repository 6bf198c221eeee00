-- One row is an observed process and the bytes that left it over its whole life, with lower and
-- upper bound, as the command `egress` says it when nothing but the default is asked for. Sum it
-- over any group. Where is_open is 1, nothing bounds what left after the last reading and the upper
-- bound holds only what was seen. A process without any reading has NULL: its egress is unknown.
CREATE VIEW process_egress AS
SELECT
  process.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  curve.egress_bytes AS egress_bytes,
  CASE
    WHEN curve.zero_ms IS NULL AND known.from_ms > meter.rise_ms
      -- nobody knows when the bytes of the first reading left
      THEN curve.egress_bytes - (
        SELECT max(reading.bytes)
        FROM egress_reading AS reading
        WHERE reading.process_key = curve.process_key
          AND reading.at_ms = (
            SELECT min(earliest.at_ms)
            FROM egress_reading AS earliest
            WHERE earliest.process_key = curve.process_key
          )
      )
    ELSE curve.egress_bytes
  END AS egress_bytes_lo,
  curve.egress_bytes AS egress_bytes_hi,
  CASE
    WHEN curve.is_open_ended = 1
      AND curve.last_reading_ms < known.as_of_ms
      AND (curve.terminated_at_ms IS NULL OR curve.terminated_at_ms > known.from_ms) THEN 1
    ELSE 0
  END AS is_open
FROM process
JOIN egress_curve AS curve ON curve.process_key = process.process_key
JOIN process_meter AS meter ON meter.process_key = process.process_key
CROSS JOIN (
  SELECT
    (SELECT max(earliest_ms) - 1 FROM store_span) AS from_ms,
    (SELECT max(observed_at_ms) FROM snapshot) AS as_of_ms
) AS known
LEFT JOIN label AS app ON app.label_key = curve.app_key
LEFT JOIN label AS deployment ON deployment.label_key = curve.deployment_key
LEFT JOIN label AS region ON region.label_key = curve.region_key;
