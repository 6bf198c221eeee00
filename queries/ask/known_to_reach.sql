-- known_to_reach: whether some snapshot by then said a time, or was of it.
--
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- in   :at_ms  INTEGER
-- out  is_said  INTEGER
-- rows exactly one
SELECT
  CASE
    WHEN EXISTS (
      SELECT 1 FROM snapshot WHERE observed_at_ms = :at_ms AND snapshot_seq <= :known_seq
    ) THEN 1
    WHEN EXISTS (
      SELECT 1
      FROM process_attribute
      WHERE snapshot_seq <= :known_seq
        AND (starting_at_ms = :at_ms OR started_at_ms = :at_ms)
    ) THEN 1
    ELSE 0
  END AS is_said;
