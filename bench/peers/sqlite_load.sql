-- Loads one archive of newline-delimited polls, the file $archive, into the tables of
-- sqlite_tables.sql with the stock sqlite3 shell. Run again, it adds nothing.
DROP TABLE IF EXISTS temp.poll_record;
CREATE TEMP TABLE poll_record AS
SELECT
  CAST(round((julianday(poll.value ->> 'observedAt') - 2440587.5) * 86400000) AS INTEGER)
    AS observed_at_ms,
  record.value AS record
FROM json_each('[' || replace(rtrim(readfile($archive), char(10)), char(10), ',') || ']') AS poll
JOIN json_each(poll.value, '$.processes') AS record;

INSERT INTO observation
SELECT
  record ->> 'processId', observed_at_ms, record ->> 'egressedBytes', record ->> 'draining',
  record ->> 'roomsAllocated', record ->> 'roomsAllocatedUpdatedAt',
  record ->> 'activeConnections', record ->> 'activeConnectionsUpdatedAt',
  record ->> 'roomSlotsAvailable', record ->> 'roomSlotsAvailableUpdatedAt',
  record ->> 'idleSince', record ->> 'totalRooms'
FROM poll_record
WHERE true
ON CONFLICT DO NOTHING;

-- Of each group, the columns that are not grouped come from the row with the greatest time.
INSERT INTO process
SELECT
  record ->> 'processId', record ->> 'appId', record ->> 'deploymentId', record ->> 'region',
  record ->> 'roomsPerProcess',
  CAST(round((julianday(record ->> 'startingAt') - 2440587.5) * 86400000) AS INTEGER),
  CAST(round((julianday(record ->> 'startedAt') - 2440587.5) * 86400000) AS INTEGER),
  CAST(round((julianday(record ->> 'stoppingAt') - 2440587.5) * 86400000) AS INTEGER),
  CAST(round((julianday(record ->> 'terminatedAt') - 2440587.5) * 86400000) AS INTEGER),
  max(observed_at_ms)
FROM poll_record
WHERE true
GROUP BY record ->> 'processId'
ON CONFLICT DO UPDATE SET
  started_at_ms = excluded.started_at_ms, stopping_at_ms = excluded.stopping_at_ms,
  terminated_at_ms = excluded.terminated_at_ms, last_seen_ms = excluded.last_seen_ms
WHERE excluded.last_seen_ms > process.last_seen_ms;

INSERT INTO port
SELECT
  record ->> 'processId', exposed.value ->> 'name', exposed.value ->> 'transportType',
  exposed.value ->> 'host', exposed.value ->> 'port', min(observed_at_ms), max(observed_at_ms)
FROM poll_record
JOIN json_each(json_insert(
  record -> 'additionalExposedPorts', '$[#]', record -> 'exposedPort')) AS exposed
WHERE record ->> 'exposedPort' IS NOT NULL
GROUP BY 1, 2, 3, 4, 5
ON CONFLICT DO UPDATE SET last_seen_ms = excluded.last_seen_ms
WHERE excluded.last_seen_ms > port.last_seen_ms;

INSERT INTO room
SELECT
  room.value ->> 'roomId', room.value -> 'currentAllocation' ->> 'roomAllocationId',
  room.value ->> 'appId', room.value ->> 'status', room.value ->> 'roomConfig',
  room.value -> 'currentAllocation' ->> 'processId',
  room.value -> 'currentAllocation' ->> 'scheduledAt',
  room.value -> 'currentAllocation' ->> 'unscheduledAt', max(observed_at_ms)
FROM poll_record
JOIN json_each(record, '$.rooms') AS room
WHERE true
GROUP BY 1, 2
ON CONFLICT DO UPDATE SET
  status = excluded.status, room_config = excluded.room_config,
  unscheduled_at = excluded.unscheduled_at, last_seen_ms = excluded.last_seen_ms
WHERE excluded.last_seen_ms > room.last_seen_ms;
