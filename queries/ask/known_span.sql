-- known_span: the earliest and the latest time that was known once.
--
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  earliest_ms  INTEGER?  startingAt, startedAt or observed_at; NULL in an empty store
-- out  latest_ms  INTEGER?  observed_at; NULL in an empty store
SELECT
  (
    SELECT min(earliest_ms)
    FROM (
      SELECT min(starting_at_ms) AS earliest_ms
      FROM process_attribute
      WHERE snapshot_seq <= :known_seq
      UNION ALL
      SELECT min(started_at_ms) AS earliest_ms
      FROM process_attribute
      WHERE snapshot_seq <= :known_seq
      UNION ALL
      SELECT min(observed_at_ms) AS earliest_ms
      FROM snapshot
      WHERE snapshot_seq <= :known_seq
    )
  ) AS earliest_ms,
  (
    SELECT max(observed_at_ms)
    FROM snapshot
    WHERE snapshot_seq <= :known_seq
  ) AS latest_ms;
