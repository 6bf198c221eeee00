-- list_suspects: processes whose counter or place may be odd, by what is kept of them.
--
-- in   :from_key  INTEGER
-- in   :to_key  INTEGER
-- out  process_key  INTEGER
-- rows by process_key
--
-- Whatever its observations would show of unmetered, unknown_start, stale_read, counter_break,
-- clamped32, open, wrap32 (a total that no int32 holds), identity_change or ahead_of_snapshot, it is
-- among them. A time that is later than some snapshot that says it is later than the first that does.
SELECT curve.process_key AS process_key
FROM egress_curve AS curve
WHERE curve.process_key >= :from_key
  AND curve.process_key < :to_key
  AND (
    curve.last_reading_ms IS NULL
    OR curve.zero_ms IS NULL
    OR curve.plain = 0
    OR curve.is_open_ended = 1
    OR curve.egress_bytes > 2147483647
    OR EXISTS (
      SELECT 1
      FROM process_attribute AS said
      JOIN snapshot ON snapshot.snapshot_seq = said.snapshot_seq
      WHERE said.process_key = curve.process_key
        AND (
          coalesce(said.app_key, 0) <> curve.app_key
          OR coalesce(said.deployment_key, 0) <> curve.deployment_key
          OR coalesce(said.region_key, 0) <> curve.region_key
          OR said.starting_at_ms > snapshot.observed_at_ms - said.first_seen_before_ms
          OR said.scheduled_at_ms > snapshot.observed_at_ms - said.first_seen_before_ms
          OR said.booted_at_ms > snapshot.observed_at_ms - said.first_seen_before_ms
          OR said.started_at_ms > snapshot.observed_at_ms - said.first_seen_before_ms
          OR said.stopping_at_ms > snapshot.observed_at_ms - said.first_seen_before_ms
          OR said.terminated_at_ms > snapshot.observed_at_ms - said.first_seen_before_ms
        )
    )
  )
ORDER BY curve.process_key;
