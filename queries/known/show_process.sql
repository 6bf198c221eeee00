-- show_process: the processes that were named by then, with what counts of their histories.
CREATE TEMP VIEW process AS
SELECT
  stored.process_key AS process_key,
  stored.process_id AS process_id,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.first_seen_ms
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.first_seen_ms
  END AS first_seen_ms,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.last_seen_ms
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.last_seen_ms
  END AS last_seen_ms,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.latest_snapshot_seq
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.latest_snapshot_seq
  END AS latest_snapshot_seq,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.latest_restatement
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.latest_restatement
  END AS latest_restatement,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.latest_attribute_no
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.latest_attribute_no
  END AS latest_attribute_no,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.latest_activity_no
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.latest_activity_no
  END AS latest_activity_no,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.starting_at_ms
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.starting_at_ms
  END AS starting_at_ms,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.scheduled_at_ms
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.scheduled_at_ms
  END AS scheduled_at_ms,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.booted_at_ms
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.booted_at_ms
  END AS booted_at_ms,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.started_at_ms
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.started_at_ms
  END AS started_at_ms,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.stopping_at_ms
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.stopping_at_ms
  END AS stopping_at_ms,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.terminated_at_ms
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.terminated_at_ms
  END AS terminated_at_ms,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.gone_ms
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.gone_ms
  END AS gone_ms,
  stored.named_seq AS named_seq,
  CASE
    WHEN stored.process_key IN (SELECT process_key FROM temp.changed_process)
      THEN (
        SELECT then_known.touched_seq
        FROM temp.changed_summary AS then_known
        WHERE then_known.process_key = stored.process_key
      )
    ELSE stored.touched_seq
  END AS touched_seq
FROM main.process AS stored
WHERE stored.process_key <= (SELECT last_key FROM temp.known_state);
