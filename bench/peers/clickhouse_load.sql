-- Loads an archive of polls (the files that match $archive) into the tables of
-- clickhouse_tables.sql. Run again, it changes no answer: what is known of a process at an instant is
-- not stored twice, and other rows replace those with their key.
--
-- The documents are decoded once, into a temporary table that the statements after it read. Keys
-- that are not named here are skipped, and those that a document does not have are NULL.
CREATE TEMPORARY TABLE poll_record ENGINE = Memory AS
SELECT
  toUnixTimestamp64Milli(observedAt) AS observed_at_ms,
  arrayJoin(processes) AS record
FROM file(
  $archive, JSONEachRow,
  'observedAt DateTime64(3),
   processes Array(Tuple(
     processId String, appId Nullable(String), deploymentId Nullable(String),
     region Nullable(String), roomsPerProcess Nullable(Int32),
     startingAt Nullable(DateTime64(3)), startedAt Nullable(DateTime64(3)),
     stoppingAt Nullable(DateTime64(3)), terminatedAt Nullable(DateTime64(3)),
     egressedBytes Nullable(Int64), draining Nullable(Bool),
     roomsAllocated Nullable(Int32), roomsAllocatedUpdatedAt Nullable(DateTime64(3)),
     activeConnections Nullable(Int32), activeConnectionsUpdatedAt Nullable(DateTime64(3)),
     roomSlotsAvailable Nullable(Float64), roomSlotsAvailableUpdatedAt Nullable(DateTime64(3)),
     idleSince Nullable(DateTime64(3)), totalRooms Nullable(Int32),
     exposedPort Tuple(
       name Nullable(String), transportType Nullable(String), host Nullable(String),
       port Nullable(Int32)),
     additionalExposedPorts Array(Tuple(
       name Nullable(String), transportType Nullable(String), host Nullable(String),
       port Nullable(Int32))),
     rooms Array(Tuple(
       roomId String, appId Nullable(String), status Nullable(String), roomConfig Nullable(String),
       currentAllocation Tuple(
         roomAllocationId Nullable(String), processId Nullable(String),
         scheduledAt Nullable(DateTime64(3)), unscheduledAt Nullable(DateTime64(3)))))))'
)
SETTINGS date_time_input_format = 'best_effort';

INSERT INTO observation
SELECT
  record.processId, poll_record.observed_at_ms, record.egressedBytes, record.draining,
  record.roomsAllocated, toUnixTimestamp64Milli(record.roomsAllocatedUpdatedAt),
  record.activeConnections, toUnixTimestamp64Milli(record.activeConnectionsUpdatedAt),
  record.roomSlotsAvailable, toUnixTimestamp64Milli(record.roomSlotsAvailableUpdatedAt),
  toUnixTimestamp64Milli(record.idleSince), record.totalRooms
FROM poll_record
LEFT ANTI JOIN observation AS known
  ON known.process_id = poll_record.record.processId
  AND known.observed_at_ms = poll_record.observed_at_ms;

INSERT INTO process
SELECT
  record.processId AS process_id,
  argMax(record.appId, observed_at_ms),
  argMax(record.deploymentId, observed_at_ms),
  argMax(record.region, observed_at_ms),
  argMax(record.roomsPerProcess, observed_at_ms),
  argMax(toUnixTimestamp64Milli(record.startingAt), observed_at_ms),
  argMax(toUnixTimestamp64Milli(record.startedAt), observed_at_ms),
  argMax(toUnixTimestamp64Milli(record.stoppingAt), observed_at_ms),
  argMax(toUnixTimestamp64Milli(record.terminatedAt), observed_at_ms),
  max(observed_at_ms)
FROM poll_record
GROUP BY process_id;

INSERT INTO port
SELECT
  process_id, assumeNotNull(exposed.name), assumeNotNull(exposed.transportType),
  assumeNotNull(exposed.host), assumeNotNull(exposed.port),
  min(observed_at_ms), max(observed_at_ms)
FROM (
  SELECT
    record.processId AS process_id, observed_at_ms,
    arrayJoin(arrayPushFront(record.additionalExposedPorts, record.exposedPort)) AS exposed
  FROM poll_record
  WHERE record.exposedPort.port IS NOT NULL
)
GROUP BY 1, 2, 3, 4, 5;

INSERT INTO room
SELECT
  room.roomId AS room_id, argMax(room.appId, observed_at_ms), argMax(room.status, observed_at_ms),
  argMax(room.roomConfig, observed_at_ms),
  ifNull(room.currentAllocation.roomAllocationId, '') AS room_allocation_id,
  argMax(room.currentAllocation.processId, observed_at_ms),
  argMax(toUnixTimestamp64Milli(room.currentAllocation.scheduledAt), observed_at_ms),
  argMax(toUnixTimestamp64Milli(room.currentAllocation.unscheduledAt), observed_at_ms),
  max(observed_at_ms)
FROM (SELECT observed_at_ms, arrayJoin(record.rooms) AS room FROM poll_record)
GROUP BY room_id, room_allocation_id;

DROP TABLE poll_record;
