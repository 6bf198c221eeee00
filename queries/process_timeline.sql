-- process_timeline: everything that was said of one process, in the order in which it happened.
--
-- in   :process_id  TEXT
-- out  happened_at_ms  INTEGER  unix ms
-- out  event  TEXT  starting, scheduled, booted, started, stopping, terminated; placed, observed,
--   port listed, room scheduled, room unscheduled
-- out  detail  TEXT  app, deployment and region; status; host:port; room
-- out  egressed_bytes  INTEGER  the counter, repaired; only of what was observed
-- out  source  TEXT  the file that says so; of what was observed, and NULL else
-- out  byte_offset  INTEGER  of the document in that file, after decompression
-- rows one per event, by time, then by the order above, then by document and detail
--
-- Timestamps are as they were last said; evidence of when they changed is in process_attribute.
-- A place or a port stands where it was first seen. A status that V1 does not say is derived from
-- the timestamps that the same observation carried.
--
-- Reads every observation of this process, and the allocations of its rooms.
WITH subject AS (
  SELECT
    process_key, starting_at_ms, scheduled_at_ms, booted_at_ms, started_at_ms, stopping_at_ms,
    terminated_at_ms
  FROM process
  WHERE process_id = :process_id
),
-- The rooms that it listed, and those that others said were allocated to it.
named_room AS (
  SELECT listed.process_key AS process_key, listed.room_key AS room_key
  FROM subject
  JOIN process_room AS listed ON listed.process_key = subject.process_key
  UNION
  SELECT unlisted.process_key, unlisted.room_key
  FROM subject
  JOIN room_allocation AS unlisted
    ON unlisted.process_key = subject.process_key AND unlisted.is_unlisted = 1
),
event AS (
  SELECT
    starting_at_ms AS happened_at_ms,
    1 AS event_no,
    'starting' AS event,
    CAST(NULL AS TEXT) AS detail,
    CAST(NULL AS BIGINT) AS egressed_bytes,
    CAST(NULL AS BIGINT) AS snapshot_seq
  FROM subject
  UNION ALL
  SELECT scheduled_at_ms, 2, 'scheduled', NULL, NULL, NULL FROM subject
  UNION ALL
  SELECT booted_at_ms, 3, 'booted', NULL, NULL, NULL FROM subject
  UNION ALL
  SELECT started_at_ms, 4, 'started', NULL, NULL, NULL FROM subject
  UNION ALL
  SELECT stopping_at_ms, 5, 'stopping', NULL, NULL, NULL FROM subject
  UNION ALL
  SELECT terminated_at_ms, 6, 'terminated', NULL, NULL, NULL FROM subject
  UNION ALL
  SELECT
    min(said.observed_at_ms - attribute.first_seen_before_ms), 7, 'placed',
    coalesce(app.label, '') || ' ' || coalesce(deployment.label, '') || ' '
      || coalesce(region.label, ''),
    NULL, NULL
  FROM subject
  JOIN process_attribute AS attribute ON attribute.process_key = subject.process_key
  JOIN snapshot AS said ON said.snapshot_seq = attribute.snapshot_seq
  LEFT JOIN label AS app ON app.label_key = attribute.app_key
  LEFT JOIN label AS deployment ON deployment.label_key = attribute.deployment_key
  LEFT JOIN label AS region ON region.label_key = attribute.region_key
  GROUP BY app.label, deployment.label, region.label
  UNION ALL
  SELECT
    snapshot.observed_at_ms, 8, 'observed',
    CASE
      WHEN attribute.status_key IS NOT NULL THEN status.label
      WHEN attribute.terminated_at_ms IS NOT NULL THEN 'stopped'
      WHEN attribute.stopping_at_ms IS NOT NULL THEN 'stopping'
      WHEN attribute.draining = 1 THEN 'draining'
      WHEN attribute.started_at_ms IS NOT NULL THEN 'running'
      ELSE 'starting'
    END,
    CASE
      WHEN observation.egressed_bytes < 0 THEN observation.egressed_bytes + 4294967296
      ELSE observation.egressed_bytes
    END,
    observation.snapshot_seq
  FROM subject
  JOIN observation ON observation.process_key = subject.process_key
  JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
  JOIN process_attribute AS attribute
    ON attribute.process_key = observation.process_key
    AND attribute.attribute_no = observation.attribute_no
  LEFT JOIN label AS status ON status.label_key = attribute.status_key
  UNION ALL
  SELECT
    min(said.observed_at_ms - attribute.first_seen_before_ms), 9, 'port listed',
    coalesce(host.label, '') || ':' || coalesce(CAST(port.port AS TEXT), ''),
    NULL, NULL
  FROM subject
  JOIN process_attribute AS attribute ON attribute.process_key = subject.process_key
  JOIN snapshot AS said ON said.snapshot_seq = attribute.snapshot_seq
  JOIN port
    ON port.process_key = attribute.process_key AND port.port_set_no = attribute.port_set_no
  LEFT JOIN label AS host ON host.label_key = port.host_key
  GROUP BY host.label, port.port
  UNION ALL
  SELECT
    allocation.scheduled_at_ms, 10, 'room scheduled', room.room_id, NULL, NULL
  FROM named_room AS named
  JOIN room_allocation AS allocation
    ON allocation.room_key = named.room_key AND allocation.process_key = named.process_key
  JOIN room ON room.room_key = allocation.room_key
  GROUP BY allocation.scheduled_at_ms, room.room_id
  UNION ALL
  SELECT
    allocation.unscheduled_at_ms, 11, 'room unscheduled', room.room_id, NULL, NULL
  FROM named_room AS named
  JOIN room_allocation AS allocation
    ON allocation.room_key = named.room_key AND allocation.process_key = named.process_key
  JOIN room ON room.room_key = allocation.room_key
  GROUP BY allocation.unscheduled_at_ms, room.room_id
)
SELECT
  event.happened_at_ms AS happened_at_ms,
  event.event AS event,
  event.detail AS detail,
  event.egressed_bytes AS egressed_bytes,
  source.path AS source,
  snapshot.byte_offset AS byte_offset
FROM event
LEFT JOIN snapshot ON snapshot.snapshot_seq = event.snapshot_seq
LEFT JOIN source ON source.source_key = snapshot.source_key
WHERE event.happened_at_ms IS NOT NULL
ORDER BY
  event.happened_at_ms,
  event.event_no,
  event.snapshot_seq NULLS FIRST,
  event.detail NULLS FIRST,
  event.egressed_bytes NULLS FIRST;
