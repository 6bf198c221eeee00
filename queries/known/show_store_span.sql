-- show_store_span: the earliest time that had been said of a process by then.
CREATE TEMP VIEW store_span AS
SELECT 1 AS store_span_key, min(said.earliest_ms) AS earliest_ms
FROM (
  SELECT min(attribute.starting_at_ms) AS earliest_ms
  FROM main.process_attribute AS attribute
  WHERE attribute.snapshot_seq <= (SELECT known_seq FROM temp.known_state)
  UNION ALL
  SELECT min(attribute.started_at_ms) AS earliest_ms
  FROM main.process_attribute AS attribute
  WHERE attribute.snapshot_seq <= (SELECT known_seq FROM temp.known_state)
  UNION ALL
  SELECT min(snapshot.observed_at_ms) AS earliest_ms
  FROM main.snapshot AS snapshot
  WHERE snapshot.snapshot_seq <= (SELECT known_seq FROM temp.known_state)
    AND snapshot.process_count > 0
) AS said
HAVING min(said.earliest_ms) IS NOT NULL;
