-- add_changed_attributes: all of them.
INSERT INTO temp.changed_attribute (
  process_key, attribute_no, first_seen_ms, last_seen_ms, last_snapshot_seq, last_restatement
)
SELECT
  said.process_key,
  said.attribute_no,
  said.first_seen_ms,
  said.observed_at_ms,
  said.snapshot_seq,
  said.restatement
FROM (
  SELECT
    observation.process_key AS process_key,
    observation.attribute_no AS attribute_no,
    snapshot.observed_at_ms AS observed_at_ms,
    observation.snapshot_seq AS snapshot_seq,
    observation.restatement AS restatement,
    min(snapshot.observed_at_ms) OVER one AS first_seen_ms,
    row_number() OVER (
      one ORDER BY
        snapshot.observed_at_ms DESC, observation.snapshot_seq DESC, observation.restatement DESC
    ) AS place
  FROM temp.changed_process AS changed
  CROSS JOIN main.observation AS observation
  CROSS JOIN main.snapshot AS snapshot
  WHERE observation.process_key = changed.process_key
    AND snapshot.snapshot_seq = observation.snapshot_seq
    AND observation.snapshot_seq <= (SELECT known_seq FROM temp.known_state)
  WINDOW one AS (PARTITION BY observation.process_key, observation.attribute_no)
) AS said
WHERE said.place = 1;
