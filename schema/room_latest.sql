-- One row is a room as it was last known.
CREATE VIEW room_latest AS
SELECT
  room.room_id AS room_id,
  app.label AS app_id,
  status.label AS status,
  (
    SELECT said.room_config
    FROM room_config_text AS said
    WHERE said.room_config_key = fact.room_config_key
  ) AS room_config,
  (
    SELECT min(first.observed_at_ms)
    FROM room_fact AS earliest
    JOIN snapshot AS first ON first.snapshot_seq = earliest.first_snapshot_seq
    WHERE earliest.room_key = room.room_key
  ) AS first_seen_ms,
  last.observed_at_ms AS last_seen_ms
FROM room
JOIN room_fact AS fact
  ON fact.room_key = room.room_key
  AND fact.room_fact_no = (
    SELECT latest.room_fact_no
    FROM room_fact AS latest
    JOIN snapshot ON snapshot.snapshot_seq = latest.last_snapshot_seq
    WHERE latest.room_key = room.room_key
    ORDER BY
      snapshot.observed_at_ms DESC, latest.last_snapshot_seq DESC, latest.room_fact_no DESC
    LIMIT 1
  )
JOIN snapshot AS last ON last.snapshot_seq = fact.last_snapshot_seq
LEFT JOIN label AS app ON app.label_key = fact.app_key
LEFT JOIN label AS status ON status.label_key = fact.status_key;
