-- add_changed_summaries: all of them. A timestamp is the last one that was said.
INSERT INTO temp.changed_summary (
  process_key, first_seen_ms, last_seen_ms, latest_snapshot_seq, latest_restatement,
  latest_attribute_no, latest_activity_no, starting_at_ms, scheduled_at_ms, booted_at_ms,
  started_at_ms, stopping_at_ms, terminated_at_ms, gone_ms, touched_seq
)
SELECT
  changed.process_key AS process_key,
  (
    SELECT min(span.first_seen_ms)
    FROM temp.changed_attribute AS span
    WHERE span.process_key = changed.process_key
  ) AS first_seen_ms,
  latest.last_seen_ms AS last_seen_ms,
  latest.last_snapshot_seq AS latest_snapshot_seq,
  latest.last_restatement AS latest_restatement,
  latest.attribute_no AS latest_attribute_no,
  (
    SELECT observation.activity_no
    FROM main.observation AS observation
    WHERE observation.process_key = latest.process_key
      AND observation.snapshot_seq = latest.last_snapshot_seq
      AND observation.restatement = latest.last_restatement
  ) AS latest_activity_no,
  (
    SELECT attribute.starting_at_ms
    FROM temp.changed_attribute AS span
    JOIN main.process_attribute AS attribute
      ON attribute.process_key = span.process_key AND attribute.attribute_no = span.attribute_no
    WHERE span.process_key = changed.process_key AND attribute.starting_at_ms IS NOT NULL
    ORDER BY span.last_seen_ms DESC, span.last_snapshot_seq DESC, span.last_restatement DESC
    LIMIT 1
  ) AS starting_at_ms,
  (
    SELECT attribute.scheduled_at_ms
    FROM temp.changed_attribute AS span
    JOIN main.process_attribute AS attribute
      ON attribute.process_key = span.process_key AND attribute.attribute_no = span.attribute_no
    WHERE span.process_key = changed.process_key AND attribute.scheduled_at_ms IS NOT NULL
    ORDER BY span.last_seen_ms DESC, span.last_snapshot_seq DESC, span.last_restatement DESC
    LIMIT 1
  ) AS scheduled_at_ms,
  (
    SELECT attribute.booted_at_ms
    FROM temp.changed_attribute AS span
    JOIN main.process_attribute AS attribute
      ON attribute.process_key = span.process_key AND attribute.attribute_no = span.attribute_no
    WHERE span.process_key = changed.process_key AND attribute.booted_at_ms IS NOT NULL
    ORDER BY span.last_seen_ms DESC, span.last_snapshot_seq DESC, span.last_restatement DESC
    LIMIT 1
  ) AS booted_at_ms,
  (
    SELECT attribute.started_at_ms
    FROM temp.changed_attribute AS span
    JOIN main.process_attribute AS attribute
      ON attribute.process_key = span.process_key AND attribute.attribute_no = span.attribute_no
    WHERE span.process_key = changed.process_key AND attribute.started_at_ms IS NOT NULL
    ORDER BY span.last_seen_ms DESC, span.last_snapshot_seq DESC, span.last_restatement DESC
    LIMIT 1
  ) AS started_at_ms,
  (
    SELECT attribute.stopping_at_ms
    FROM temp.changed_attribute AS span
    JOIN main.process_attribute AS attribute
      ON attribute.process_key = span.process_key AND attribute.attribute_no = span.attribute_no
    WHERE span.process_key = changed.process_key AND attribute.stopping_at_ms IS NOT NULL
    ORDER BY span.last_seen_ms DESC, span.last_snapshot_seq DESC, span.last_restatement DESC
    LIMIT 1
  ) AS stopping_at_ms,
  (
    SELECT attribute.terminated_at_ms
    FROM temp.changed_attribute AS span
    JOIN main.process_attribute AS attribute
      ON attribute.process_key = span.process_key AND attribute.attribute_no = span.attribute_no
    WHERE span.process_key = changed.process_key AND attribute.terminated_at_ms IS NOT NULL
    ORDER BY span.last_seen_ms DESC, span.last_snapshot_seq DESC, span.last_restatement DESC
    LIMIT 1
  ) AS terminated_at_ms,
  changed.gone_ms AS gone_ms,
  (
    SELECT max(observation.snapshot_seq)
    FROM main.observation AS observation
    WHERE observation.process_key = changed.process_key
      AND observation.snapshot_seq <= (SELECT known_seq FROM temp.known_state)
  ) AS touched_seq
FROM temp.changed_process AS changed
LEFT JOIN temp.changed_attribute AS latest
  ON latest.process_key = changed.process_key
  AND latest.attribute_no = (
    SELECT span.attribute_no
    FROM temp.changed_attribute AS span
    WHERE span.process_key = changed.process_key
    ORDER BY span.last_seen_ms DESC, span.last_snapshot_seq DESC, span.last_restatement DESC
    LIMIT 1
  );
