-- store_span: the earliest and the latest time in the store.
--
-- out  earliest_ms  INTEGER?  startingAt, startedAt or observed_at; NULL in an empty store
-- out  latest_ms  INTEGER?  observed_at; NULL in an empty store
-- rows exactly one
SELECT
  (
    SELECT min(earliest_ms)
    FROM (
      SELECT earliest_ms FROM store_span
      UNION ALL
      SELECT min(observed_at_ms) AS earliest_ms FROM snapshot
    )
  ) AS earliest_ms,
  (SELECT max(observed_at_ms) FROM snapshot) AS latest_ms;
