-- Loads an archive of polls (the files that match $archive) into the tables of duckdb_tables.sql.
-- Run again, it adds nothing: what is known of a process at an instant is not stored twice.
--
-- The documents are decoded once, into a temporary table that the statements after it read.
CREATE OR REPLACE TEMP TABLE poll_record AS
SELECT
  epoch_ms(observedAt) AS observed_at_ms,
  unnest(processes) AS record
FROM read_json(
  $archive,
  format = 'auto',
  columns = {
    observedAt: 'TIMESTAMP',
    processes: 'STRUCT(
      processId VARCHAR, appId VARCHAR, deploymentId VARCHAR, region VARCHAR,
      roomsPerProcess INTEGER, startingAt TIMESTAMP, startedAt TIMESTAMP,
      stoppingAt TIMESTAMP, terminatedAt TIMESTAMP, egressedBytes BIGINT, draining BOOLEAN,
      roomsAllocated INTEGER, roomsAllocatedUpdatedAt TIMESTAMP,
      activeConnections INTEGER, activeConnectionsUpdatedAt TIMESTAMP,
      roomSlotsAvailable DOUBLE, roomSlotsAvailableUpdatedAt TIMESTAMP,
      idleSince TIMESTAMP, totalRooms INTEGER,
      exposedPort STRUCT(name VARCHAR, transportType VARCHAR, host VARCHAR, port INTEGER),
      additionalExposedPorts STRUCT(
        name VARCHAR, transportType VARCHAR, host VARCHAR, port INTEGER)[],
      rooms STRUCT(
        roomId VARCHAR, appId VARCHAR, status VARCHAR, roomConfig VARCHAR,
        currentAllocation STRUCT(
          roomAllocationId VARCHAR, processId VARCHAR,
          scheduledAt TIMESTAMP, unscheduledAt TIMESTAMP))[])[]'
  }
);

INSERT INTO observation
SELECT
  record.processId, poll_record.observed_at_ms, record.egressedBytes, record.draining,
  record.roomsAllocated, epoch_ms(record.roomsAllocatedUpdatedAt),
  record.activeConnections, epoch_ms(record.activeConnectionsUpdatedAt),
  record.roomSlotsAvailable, epoch_ms(record.roomSlotsAvailableUpdatedAt),
  epoch_ms(record.idleSince), record.totalRooms
FROM poll_record
ANTI JOIN observation AS known
  ON known.process_id = poll_record.record.processId
  AND known.observed_at_ms = poll_record.observed_at_ms;

MERGE INTO process
USING (
  SELECT
    record.processId AS process_id,
    arg_max(record.appId, observed_at_ms) AS app_id,
    arg_max(record.deploymentId, observed_at_ms) AS deployment_id,
    arg_max(record.region, observed_at_ms) AS region,
    arg_max(record.roomsPerProcess, observed_at_ms) AS rooms_per_process,
    arg_max(epoch_ms(record.startingAt), observed_at_ms) AS starting_at_ms,
    arg_max(epoch_ms(record.startedAt), observed_at_ms) AS started_at_ms,
    arg_max(epoch_ms(record.stoppingAt), observed_at_ms) AS stopping_at_ms,
    arg_max(epoch_ms(record.terminatedAt), observed_at_ms) AS terminated_at_ms,
    max(observed_at_ms) AS last_seen_ms
  FROM poll_record
  GROUP BY record.processId
) AS seen
ON process.process_id = seen.process_id
WHEN MATCHED AND seen.last_seen_ms > process.last_seen_ms THEN UPDATE SET
  app_id = seen.app_id,
  deployment_id = seen.deployment_id,
  region = seen.region,
  rooms_per_process = seen.rooms_per_process,
  starting_at_ms = coalesce(seen.starting_at_ms, process.starting_at_ms),
  started_at_ms = coalesce(seen.started_at_ms, process.started_at_ms),
  stopping_at_ms = coalesce(seen.stopping_at_ms, process.stopping_at_ms),
  terminated_at_ms = coalesce(seen.terminated_at_ms, process.terminated_at_ms),
  last_seen_ms = seen.last_seen_ms
WHEN NOT MATCHED THEN INSERT;

MERGE INTO port
USING (
  SELECT
    process_id, exposed.name AS name, exposed.transportType AS transport_type,
    exposed.host AS host, exposed.port AS port,
    min(observed_at_ms) AS first_seen_ms, max(observed_at_ms) AS last_seen_ms
  FROM (
    SELECT
      record.processId AS process_id, observed_at_ms,
      unnest(list_prepend(record.exposedPort, record.additionalExposedPorts)) AS exposed
    FROM poll_record
    WHERE record.exposedPort IS NOT NULL
  )
  GROUP BY ALL
) AS seen
ON port.process_id = seen.process_id AND port.name = seen.name AND port.host = seen.host
  AND port.port = seen.port AND port.transport_type = seen.transport_type
WHEN MATCHED AND seen.last_seen_ms > port.last_seen_ms
  THEN UPDATE SET last_seen_ms = seen.last_seen_ms
WHEN NOT MATCHED THEN INSERT;

MERGE INTO room
USING (
  SELECT
    room.roomId AS room_id, arg_max(room.appId, observed_at_ms) AS app_id,
    arg_max(room.status, observed_at_ms) AS status,
    arg_max(room.roomConfig, observed_at_ms) AS room_config,
    room.currentAllocation.roomAllocationId AS room_allocation_id,
    arg_max(room.currentAllocation.processId, observed_at_ms) AS process_id,
    arg_max(epoch_ms(room.currentAllocation.scheduledAt), observed_at_ms) AS scheduled_at_ms,
    arg_max(epoch_ms(room.currentAllocation.unscheduledAt), observed_at_ms) AS unscheduled_at_ms,
    max(observed_at_ms) AS last_seen_ms
  FROM (SELECT observed_at_ms, unnest(record.rooms) AS room FROM poll_record)
  GROUP BY room.roomId, room.currentAllocation.roomAllocationId
) AS seen
ON room.room_id = seen.room_id
  AND room.room_allocation_id IS NOT DISTINCT FROM seen.room_allocation_id
WHEN MATCHED AND seen.last_seen_ms > room.last_seen_ms THEN UPDATE SET
  status = seen.status, room_config = seen.room_config,
  unscheduled_at_ms = seen.unscheduled_at_ms, last_seen_ms = seen.last_seen_ms
WHEN NOT MATCHED THEN INSERT;

DROP TABLE poll_record;
