-- A store of schema version 1; made by tests/golden/make, never edited.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE label (
  label_key INTEGER PRIMARY KEY,
  label     TEXT    NOT NULL UNIQUE
) STRICT;
INSERT INTO label VALUES(1,'app');
INSERT INTO label VALUES(2,'1');
INSERT INTO label VALUES(3,'London');
INSERT INTO label VALUES(4,'h1.example');
INSERT INTO label VALUES(5,'game');
INSERT INTO label VALUES(6,'udp');
INSERT INTO label VALUES(7,'web');
INSERT INTO label VALUES(8,'tls');
INSERT INTO label VALUES(9,'active');
INSERT INTO label VALUES(10,'{"map":1}');
INSERT INTO label VALUES(11,'2');
INSERT INTO label VALUES(12,'Tokyo');
INSERT INTO label VALUES(13,'running');
INSERT INTO label VALUES(14,'cloud');
INSERT INTO label VALUES(15,'f1');
INSERT INTO label VALUES(16,'destroyed');
INSERT INTO label VALUES(17,'exited');
INSERT INTO label VALUES(18,'draining');
INSERT INTO label VALUES(19,'stopped');
CREATE TABLE source (
  source_key     INTEGER PRIMARY KEY,
  path           TEXT    NOT NULL,  -- as the user named it; '-' is standard input
  encoding       TEXT    NOT NULL,
  ingested_at_ms INTEGER NOT NULL,  -- wall time of its first document here; no answer depends on it
  CONSTRAINT source_encoding_is_known CHECK (encoding IN ('plain', 'gzip', 'zstd'))
) STRICT;
INSERT INTO source VALUES(1,'polls.ndjson','plain',0);
INSERT INTO source VALUES(2,'poll.json','plain',0);
INSERT INTO source VALUES(3,'poll.json','plain',0);
INSERT INTO source VALUES(4,'deployments.json','plain',0);
INSERT INTO source VALUES(5,'rates.json','plain',0);
INSERT INTO source VALUES(6,'policy.json','plain',0);
INSERT INTO source VALUES(7,'invoice.csv','plain',0);
CREATE TABLE snapshot (
  snapshot_seq       INTEGER PRIMARY KEY,
  source_key         INTEGER NOT NULL REFERENCES source (source_key),
  byte_offset        INTEGER NOT NULL,  -- in the source, after decompression
  byte_length        INTEGER NOT NULL,
  sha256             BLOB    NOT NULL,  -- of exactly those bytes
  observed_at_ms     INTEGER NOT NULL,  -- unix milliseconds, UTC
  observed_at_origin TEXT    NOT NULL,
  list_kind          TEXT,              -- as the envelope said; NULL when it did not
  capped             INTEGER NOT NULL,  -- 1: said to be cut off, or a list of exactly 10
  process_count      INTEGER NOT NULL,  -- observations stored
  room_count         INTEGER NOT NULL,  -- rooms of a document about rooms
  duplicate_count    INTEGER NOT NULL,  -- records that said again what was known for this instant
  restated_count     INTEGER NOT NULL,  -- records that said something else of a known instant
  reject_count       INTEGER NOT NULL,
  egressed_bytes_sum INTEGER NOT NULL,  -- control total over its observations, modulo 2^64
  ingested_at_ms     INTEGER NOT NULL,  -- wall time; no answer depends on it
  CONSTRAINT snapshot_digest_is_whole CHECK (length(sha256) = 32),
  CONSTRAINT snapshot_origin_is_known
    CHECK (observed_at_origin IN ('envelope', 'flag', 'filename', 'mtime', 'now')),
  CONSTRAINT snapshot_capped_is_boolean CHECK (capped IN (0, 1))
) STRICT;
INSERT INTO snapshot VALUES(1,1,0,1091,X'0f91eff1b48c12ac4eb4f83db93e9246cbbd10bbcdf29757a98d08cbdfa3ae86',1730451600000,'envelope',NULL,0,2,0,0,0,0,-1999995000,0);
INSERT INTO snapshot VALUES(2,1,1092,855,X'738589458021f3234b6e69664f1f056b0947a7fab6a799d94e6e013327298340',1730453400000,'envelope',NULL,0,2,0,0,0,1,9000,0);
INSERT INTO snapshot VALUES(3,1,1948,265,X'72849316563f13fe919a8c494ba7c4fa5a3e865c1f9e7e39d5683915429d0a1d',1730449800000,'envelope',NULL,0,1,0,0,0,0,1000,0);
INSERT INTO snapshot VALUES(4,1,2214,197,X'60c44f298b7ebe7b55c53c915ed6663d2243140d5606dbe696fae46cb43f09c1',1730453400000,'envelope',NULL,0,1,0,0,1,0,9500,0);
INSERT INTO snapshot VALUES(5,1,2412,403,X'd6f3c3e1c30ccf3e532eaa9e61fce200a4aba240f2bd9ea6503e8f5b44c1a0bb',1730455200000,'envelope',NULL,0,0,1,0,0,0,0,0);
INSERT INTO snapshot VALUES(6,1,2816,504,X'5d13ebcb3589db9f7f48666792b7c27dd83133e9bc27a9fabc20afea471ec744',1730469600000,'envelope',NULL,0,2,0,0,0,0,100000,0);
INSERT INTO snapshot VALUES(7,3,0,267,X'1a3d298043b0fd828ca8251ec0b4aff3e2cd5eca36aa4ce13904e2da27990f6a',1730473200000,'envelope',NULL,0,1,0,0,0,0,80000,0);
CREATE TABLE process (
  process_key         INTEGER PRIMARY KEY,
  process_id          TEXT    NOT NULL UNIQUE,
  first_seen_ms       INTEGER,
  last_seen_ms        INTEGER,
  latest_snapshot_seq INTEGER,
  latest_restatement  INTEGER,
  latest_attribute_no INTEGER,
  latest_activity_no  INTEGER,
  starting_at_ms      INTEGER,
  scheduled_at_ms     INTEGER,
  booted_at_ms        INTEGER,
  started_at_ms       INTEGER,
  stopping_at_ms      INTEGER,
  terminated_at_ms    INTEGER,
  CONSTRAINT process_id_is_not_empty CHECK (length(process_id) > 0),
  CONSTRAINT process_is_seen_in_order CHECK (first_seen_ms <= last_seen_ms)
) STRICT;
INSERT INTO process VALUES(1,'host',1730449800000,1730469600000,6,0,4,2,1730447990000,NULL,NULL,1730448000000,1730466000000,1730466005000);
INSERT INTO process VALUES(2,'bare',1730451600000,1730451600000,1,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO process VALUES(3,'v2',1730453400000,1730473200000,7,0,2,1,1730452200000,NULL,NULL,1730452205000,NULL,1730471400000);
INSERT INTO process VALUES(4,'gone',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE process_attribute (
  process_key             INTEGER NOT NULL REFERENCES process (process_key),
  attribute_no            INTEGER NOT NULL,  -- 0, 1, 2 … within the process, as they were first met
  snapshot_seq            INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),  -- said it first
  app_key                 INTEGER REFERENCES label (label_key),
  deployment_key          INTEGER REFERENCES label (label_key),
  region_key              INTEGER REFERENCES label (label_key),
  status_key              INTEGER REFERENCES label (label_key),  -- V2, V3; NULL in V1
  draining                INTEGER,                               -- V1; NULL in V2, V3
  starting_at_ms          INTEGER,  -- startingAt, or createdAt in V2, V3
  scheduled_at_ms         INTEGER,
  booted_at_ms            INTEGER,
  started_at_ms           INTEGER,
  stopping_at_ms          INTEGER,
  terminated_at_ms        INTEGER,
  rooms_per_process       INTEGER,
  port_set_no             INTEGER NOT NULL,  -- which of the process's sets of ports; see port
  host_key                INTEGER REFERENCES label (label_key),
  legacy_port             ANY,               -- `port`: integer or double as it came, else its text
  hosting_key             INTEGER REFERENCES label (label_key),
  fleet_key               INTEGER REFERENCES label (label_key),
  summary_exit_reason_key INTEGER REFERENCES label (label_key),
  first_seen_ms           INTEGER NOT NULL,
  last_seen_ms            INTEGER NOT NULL,
  last_snapshot_seq       INTEGER NOT NULL,  -- of the observation at last_seen_ms
  last_restatement        INTEGER NOT NULL,
  CONSTRAINT process_attribute_draining_is_boolean CHECK (draining IN (0, 1)),
  PRIMARY KEY (process_key, attribute_no)
) STRICT, WITHOUT ROWID;
INSERT INTO process_attribute VALUES(1,0,1,1,2,3,NULL,NULL,1730447990000,NULL,NULL,1730448000000,NULL,NULL,2,1,4,7001,NULL,NULL,NULL,1730451600000,1730451600000,1,0);
INSERT INTO process_attribute VALUES(1,1,2,1,2,3,NULL,NULL,1730447990000,NULL,NULL,1730448000000,NULL,NULL,2,2,4,7001,NULL,NULL,NULL,1730453400000,1730453400000,2,0);
INSERT INTO process_attribute VALUES(1,2,3,1,2,3,NULL,NULL,1730447990000,NULL,NULL,1730448000000,NULL,NULL,2,0,4,7001,NULL,NULL,NULL,1730449800000,1730449800000,3,0);
INSERT INTO process_attribute VALUES(1,3,4,1,2,3,NULL,NULL,NULL,NULL,NULL,1730448000000,NULL,NULL,NULL,0,4,NULL,NULL,NULL,NULL,1730453400000,1730453400000,4,0);
INSERT INTO process_attribute VALUES(1,4,6,1,2,3,NULL,NULL,NULL,NULL,NULL,1730448000000,1730466000000,1730466005000,NULL,0,NULL,NULL,NULL,NULL,17,1730469600000,1730469600000,6,0);
INSERT INTO process_attribute VALUES(2,0,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,1730451600000,1730451600000,1,0);
INSERT INTO process_attribute VALUES(3,0,2,1,11,12,13,NULL,1730452200000,NULL,NULL,1730452205000,NULL,NULL,NULL,0,NULL,NULL,14,15,NULL,1730453400000,1730453400000,2,0);
INSERT INTO process_attribute VALUES(3,1,6,1,11,12,18,NULL,1730452200000,NULL,NULL,1730452205000,NULL,NULL,NULL,0,NULL,NULL,14,15,NULL,1730469600000,1730469600000,6,0);
INSERT INTO process_attribute VALUES(3,2,7,1,11,12,19,NULL,1730452200000,NULL,NULL,1730452205000,NULL,1730471400000,NULL,0,NULL,NULL,NULL,NULL,NULL,1730473200000,1730473200000,7,0);
CREATE TABLE process_activity (
  process_key                        INTEGER NOT NULL REFERENCES process (process_key),
  activity_no                        INTEGER NOT NULL,
  snapshot_seq                       INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  rooms_allocated                    INTEGER,
  rooms_allocated_updated_at_ms      INTEGER,
  active_connections                 ANY,  -- integer or double as it came, else its text
  active_connections_updated_at_ms   INTEGER,
  room_slots_available               ANY,  -- likewise; the vendor's is fractional
  room_slots_available_updated_at_ms INTEGER,
  idle_since_ms                      INTEGER,
  total_rooms                        INTEGER,
  lists_rooms                        INTEGER NOT NULL,  -- 1: there was a list of rooms, maybe empty
  first_seen_ms                      INTEGER NOT NULL,
  last_seen_ms                       INTEGER NOT NULL,
  CONSTRAINT process_activity_lists_rooms_is_boolean CHECK (lists_rooms IN (0, 1)),
  PRIMARY KEY (process_key, activity_no)
) STRICT, WITHOUT ROWID;
INSERT INTO process_activity VALUES(1,0,1,2,1730449800000,3,1730451540000,0.5,NULL,NULL,2,1,1730451600000,1730451600000);
INSERT INTO process_activity VALUES(1,1,2,1,1730452200000,'2.50',NULL,NULL,NULL,NULL,1,1,1730453400000,1730453400000);
INSERT INTO process_activity VALUES(1,2,3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,1730449800000,1730469600000);
INSERT INTO process_activity VALUES(2,0,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,1730451600000,1730451600000);
INSERT INTO process_activity VALUES(3,0,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,1730453400000,1730469600000);
INSERT INTO process_activity VALUES(3,1,7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,1730473200000,1730473200000);
CREATE TABLE observation (
  process_key    INTEGER NOT NULL REFERENCES process (process_key),
  snapshot_seq   INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  restatement    INTEGER NOT NULL,  -- 0; 1, 2 … for what else the same document said of it
  egressed_bytes INTEGER,           -- running total as it came (a wrapped int32 is negative)
  attribute_no   INTEGER NOT NULL,
  activity_no    INTEGER NOT NULL,
  PRIMARY KEY (process_key, snapshot_seq, restatement)
) STRICT, WITHOUT ROWID;
INSERT INTO observation VALUES(1,1,0,5000,0,0);
INSERT INTO observation VALUES(1,2,0,9000,1,1);
INSERT INTO observation VALUES(1,3,0,1000,2,2);
INSERT INTO observation VALUES(1,4,0,9500,3,2);
INSERT INTO observation VALUES(1,6,0,30000,4,2);
INSERT INTO observation VALUES(2,1,0,-2000000000,0,0);
INSERT INTO observation VALUES(3,2,0,NULL,0,0);
INSERT INTO observation VALUES(3,6,0,70000,1,0);
INSERT INTO observation VALUES(3,7,0,80000,2,1);
CREATE TABLE port (
  process_key        INTEGER NOT NULL REFERENCES process (process_key),
  port_set_no        INTEGER NOT NULL,
  position           INTEGER NOT NULL,  -- 0: exposedPort; 1, 2 …: additionalExposedPorts
  name_key           INTEGER REFERENCES label (label_key),
  transport_type_key INTEGER REFERENCES label (label_key),
  host_key           INTEGER REFERENCES label (label_key),
  port               INTEGER,           -- as it came: the vendor's own example is 72941
  PRIMARY KEY (process_key, port_set_no, position)
) STRICT, WITHOUT ROWID;
INSERT INTO port VALUES(1,1,0,5,6,4,40001);
INSERT INTO port VALUES(1,1,1,7,8,4,40002);
INSERT INTO port VALUES(1,2,0,5,6,4,40001);
CREATE TABLE room (
  room_key INTEGER PRIMARY KEY,
  room_id  TEXT    NOT NULL UNIQUE,
  CONSTRAINT room_id_is_not_empty CHECK (length(room_id) > 0)
) STRICT;
INSERT INTO room VALUES(1,'r1');
INSERT INTO room VALUES(2,'r2');
CREATE TABLE room_allocation (
  room_key           INTEGER NOT NULL REFERENCES room (room_key),
  allocation_no      INTEGER NOT NULL,
  snapshot_seq       INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),  -- said it first
  room_allocation_id TEXT    NOT NULL,
  process_key        INTEGER REFERENCES process (process_key),
  scheduled_at_ms    INTEGER,
  unscheduled_at_ms  INTEGER,  -- NULL while it is current
  first_seen_ms      INTEGER NOT NULL,
  last_seen_ms       INTEGER NOT NULL,
  last_snapshot_seq  INTEGER NOT NULL,
  PRIMARY KEY (room_key, allocation_no)
) STRICT, WITHOUT ROWID;
INSERT INTO room_allocation VALUES(1,0,1,'6b6f1c9a-2d51-4f0e-9a3b-0c5d7e8f9a01',1,1730448000000,NULL,1730451600000,1730451600000,1);
INSERT INTO room_allocation VALUES(1,1,5,'6b6f1c9a-2d51-4f0e-9a3b-0c5d7e8f9a01',1,1730448000000,1730452200000,1730455200000,1730455200000,5);
INSERT INTO room_allocation VALUES(1,2,5,'x0',4,1730361600000,1730365200000,1730455200000,1730455200000,5);
INSERT INTO room_allocation VALUES(2,0,1,'x2',1,1730449800000,NULL,1730451600000,1730453400000,2);
CREATE TABLE room_fact (
  room_key          INTEGER NOT NULL REFERENCES room (room_key),
  room_fact_no      INTEGER NOT NULL,
  snapshot_seq      INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),  -- said it first
  app_key           INTEGER REFERENCES label (label_key),
  status_key        INTEGER REFERENCES label (label_key),
  room_config       TEXT,
  allocation_no     INTEGER,  -- currentAllocation; NULL when there is none
  first_seen_ms     INTEGER NOT NULL,
  last_seen_ms      INTEGER NOT NULL,
  last_snapshot_seq INTEGER NOT NULL,
  PRIMARY KEY (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
INSERT INTO room_fact VALUES(1,0,1,1,9,'{"map":1}',0,1730451600000,1730451600000,1);
INSERT INTO room_fact VALUES(1,1,5,1,16,NULL,NULL,1730455200000,1730455200000,5);
INSERT INTO room_fact VALUES(2,0,1,1,9,NULL,0,1730451600000,1730453400000,2);
CREATE TABLE process_room (
  process_key  INTEGER NOT NULL,
  activity_no  INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  room_key     INTEGER NOT NULL REFERENCES room (room_key),
  room_fact_no INTEGER NOT NULL,
  PRIMARY KEY (process_key, activity_no, position),
  FOREIGN KEY (process_key, activity_no) REFERENCES process_activity (process_key, activity_no),
  FOREIGN KEY (room_key, room_fact_no) REFERENCES room_fact (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
INSERT INTO process_room VALUES(1,0,0,1,0);
INSERT INTO process_room VALUES(1,0,1,2,0);
INSERT INTO process_room VALUES(1,1,0,2,0);
CREATE TABLE room_observation (
  room_key     INTEGER NOT NULL,
  snapshot_seq INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  restatement  INTEGER NOT NULL,
  room_fact_no INTEGER NOT NULL,
  PRIMARY KEY (room_key, snapshot_seq, restatement),
  FOREIGN KEY (room_key, room_fact_no) REFERENCES room_fact (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
INSERT INTO room_observation VALUES(1,5,0,1);
CREATE TABLE room_observation_allocation (
  room_key      INTEGER NOT NULL,
  snapshot_seq  INTEGER NOT NULL,
  restatement   INTEGER NOT NULL,
  position      INTEGER NOT NULL,
  allocation_no INTEGER NOT NULL,
  PRIMARY KEY (room_key, snapshot_seq, restatement, position),
  FOREIGN KEY (room_key, snapshot_seq, restatement)
    REFERENCES room_observation (room_key, snapshot_seq, restatement),
  FOREIGN KEY (room_key, allocation_no) REFERENCES room_allocation (room_key, allocation_no)
) STRICT, WITHOUT ROWID;
INSERT INTO room_observation_allocation VALUES(1,5,0,0,1);
INSERT INTO room_observation_allocation VALUES(1,5,0,1,2);
CREATE TABLE reject (
  reject_key      INTEGER PRIMARY KEY,
  source_key      INTEGER NOT NULL REFERENCES source (source_key),
  snapshot_seq    INTEGER REFERENCES snapshot (snapshot_seq),  -- NULL: the document is not JSON
  record_offset   INTEGER NOT NULL,  -- in the source, after decompression
  record_length   INTEGER NOT NULL,
  byte_offset     INTEGER NOT NULL,  -- of the value at fault
  json_pointer    TEXT    NOT NULL,  -- RFC 6901, from the document's root; '' is the document
  reason          TEXT    NOT NULL,
  raw             BLOB,              -- on a record's first row
  document_sha256 BLOB,              -- of a document that is not JSON
  ingested_at_ms  INTEGER NOT NULL
) STRICT;
INSERT INTO reject VALUES(1,1,2,1930,15,1943,'/processes/2/processId','expected a string, found a number (7)',X'7b2270726f636573734964223a377d',NULL,0);
INSERT INTO reject VALUES(2,2,NULL,0,100,100,'','the document ends inside a string (truncated?)',X'7b226f627365727665644174223a22323032342d31312d30315431353a30303a30305a222c2270726f636573736573223a5b7b2270726f636573734964223a227632222c226170704964223a22617070222c226465706c6f796d656e744964223a322c22',X'07a37753c16e508bb013f0defda4393958d2267922a60f9fc7f8e795f53d2f47',0);
CREATE TABLE set_aside (
  set_aside_key  INTEGER PRIMARY KEY,
  source_key     INTEGER NOT NULL REFERENCES source (source_key),
  byte_offset    INTEGER NOT NULL,
  sha256         BLOB    NOT NULL UNIQUE,
  kind           TEXT    NOT NULL,
  raw            BLOB    NOT NULL,
  ingested_at_ms INTEGER NOT NULL
) STRICT;
INSERT INTO set_aside VALUES(1,1,3321,X'3a55f86635b2b821ae6adad7eb1dc7f772d49e3d9af556dfe5faed3ca888673a','invoice',X'7b226964223a22696e5f31222c22737461747573223a226f70656e222c226d6f6e746859656172223a22323032342d3131222c22616d6f756e74447565223a3130302c2264756544617465223a22323032342d31322d3135227d',0);
CREATE UNIQUE INDEX snapshot_by_digest ON snapshot (sha256, observed_at_ms);
CREATE INDEX snapshot_by_time ON snapshot (observed_at_ms);
CREATE INDEX process_by_last_seen ON process (last_seen_ms);
CREATE UNIQUE INDEX reject_by_document ON reject (document_sha256)
  WHERE document_sha256 IS NOT NULL;
CREATE VIEW observation_view AS
SELECT
  process.process_id AS process_id,
  snapshot.observed_at_ms AS observed_at_ms,
  observation.egressed_bytes AS egressed_bytes,
  observation.snapshot_seq AS snapshot_seq
FROM observation
JOIN process ON process.process_key = observation.process_key
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq;
CREATE VIEW process_latest AS
SELECT
  process.process_id AS process_id,
  app.label AS app_id,
  deployment.label AS deployment_id,
  region.label AS region,
  CASE
    WHEN attribute.status_key IS NOT NULL THEN status.label
    WHEN process.terminated_at_ms IS NOT NULL THEN 'stopped'
    WHEN process.stopping_at_ms IS NOT NULL THEN 'stopping'
    WHEN attribute.draining = 1 THEN 'draining'
    WHEN process.started_at_ms IS NOT NULL THEN 'running'
    ELSE 'starting'
  END AS status,
  process.starting_at_ms AS starting_at_ms,
  process.scheduled_at_ms AS scheduled_at_ms,
  process.booted_at_ms AS booted_at_ms,
  process.started_at_ms AS started_at_ms,
  process.stopping_at_ms AS stopping_at_ms,
  process.terminated_at_ms AS terminated_at_ms,
  observation.egressed_bytes AS egressed_bytes,
  attribute.draining AS draining,
  attribute.rooms_per_process AS rooms_per_process,
  activity.rooms_allocated AS rooms_allocated,
  activity.rooms_allocated_updated_at_ms AS rooms_allocated_updated_at_ms,
  activity.total_rooms AS total_rooms,
  activity.idle_since_ms AS idle_since_ms,
  activity.active_connections AS active_connections,
  activity.active_connections_updated_at_ms AS active_connections_updated_at_ms,
  activity.room_slots_available AS room_slots_available,
  activity.room_slots_available_updated_at_ms AS room_slots_available_updated_at_ms,
  host.label AS host,
  attribute.legacy_port AS port,
  hosting.label AS hosting,
  fleet.label AS fleet_id,
  exit_reason.label AS summary_exit_reason,
  process.first_seen_ms AS first_seen_ms,
  process.last_seen_ms AS last_seen_ms
FROM process
JOIN observation
  ON observation.process_key = process.process_key
  AND observation.snapshot_seq = process.latest_snapshot_seq
  AND observation.restatement = process.latest_restatement
JOIN process_attribute AS attribute
  ON attribute.process_key = process.process_key
  AND attribute.attribute_no = process.latest_attribute_no
JOIN process_activity AS activity
  ON activity.process_key = process.process_key
  AND activity.activity_no = process.latest_activity_no
LEFT JOIN label AS app ON app.label_key = attribute.app_key
LEFT JOIN label AS deployment ON deployment.label_key = attribute.deployment_key
LEFT JOIN label AS region ON region.label_key = attribute.region_key
LEFT JOIN label AS status ON status.label_key = attribute.status_key
LEFT JOIN label AS host ON host.label_key = attribute.host_key
LEFT JOIN label AS hosting ON hosting.label_key = attribute.hosting_key
LEFT JOIN label AS fleet ON fleet.label_key = attribute.fleet_key
LEFT JOIN label AS exit_reason ON exit_reason.label_key = attribute.summary_exit_reason_key
WHERE process.last_seen_ms IS NOT NULL;
CREATE VIEW port_history AS
SELECT
  process.process_id AS process_id,
  name.label AS name,
  transport_type.label AS transport_type,
  host.label AS host,
  port.port AS port,
  max(port.position = 0) AS is_main,
  min(attribute.first_seen_ms) AS first_seen_ms,
  max(attribute.last_seen_ms) AS last_seen_ms
FROM port
JOIN process ON process.process_key = port.process_key
JOIN process_attribute AS attribute
  ON attribute.process_key = port.process_key
  AND attribute.port_set_no = port.port_set_no
LEFT JOIN label AS name ON name.label_key = port.name_key
LEFT JOIN label AS transport_type ON transport_type.label_key = port.transport_type_key
LEFT JOIN label AS host ON host.label_key = port.host_key
GROUP BY
  port.process_key, port.name_key, port.transport_type_key, port.host_key, port.port;
CREATE VIEW port_latest AS
SELECT
  process.process_id AS process_id,
  name.label AS name,
  transport_type.label AS transport_type,
  host.label AS host,
  port.port AS port,
  CASE WHEN port.position = 0 THEN 1 ELSE 0 END AS is_main,
  (
    SELECT min(same_attribute.first_seen_ms)
    FROM port AS same
    JOIN process_attribute AS same_attribute
      ON same_attribute.process_key = same.process_key
      AND same_attribute.port_set_no = same.port_set_no
    WHERE same.process_key = port.process_key
      AND same.name_key IS port.name_key
      AND same.transport_type_key IS port.transport_type_key
      AND same.host_key IS port.host_key
      AND same.port IS port.port
  ) AS first_seen_ms,
  (
    SELECT max(same_attribute.last_seen_ms)
    FROM port AS same
    JOIN process_attribute AS same_attribute
      ON same_attribute.process_key = same.process_key
      AND same_attribute.port_set_no = same.port_set_no
    WHERE same.process_key = port.process_key
      AND same.name_key IS port.name_key
      AND same.transport_type_key IS port.transport_type_key
      AND same.host_key IS port.host_key
      AND same.port IS port.port
  ) AS last_seen_ms
FROM port
JOIN process ON process.process_key = port.process_key
LEFT JOIN label AS name ON name.label_key = port.name_key
LEFT JOIN label AS transport_type ON transport_type.label_key = port.transport_type_key
LEFT JOIN label AS host ON host.label_key = port.host_key
WHERE port.port_set_no = (
  SELECT attribute.port_set_no
  FROM process_attribute AS attribute
  WHERE attribute.process_key = port.process_key AND attribute.port_set_no > 0
  ORDER BY
    attribute.last_seen_ms DESC, attribute.last_snapshot_seq DESC, attribute.last_restatement DESC
  LIMIT 1
);
CREATE VIEW room_latest AS
SELECT
  room.room_id AS room_id,
  app.label AS app_id,
  status.label AS status,
  fact.room_config AS room_config,
  (
    SELECT min(earliest.first_seen_ms) FROM room_fact AS earliest
    WHERE earliest.room_key = room.room_key
  ) AS first_seen_ms,
  fact.last_seen_ms AS last_seen_ms
FROM room
JOIN room_fact AS fact
  ON fact.room_key = room.room_key
  AND fact.room_fact_no = (
    SELECT latest.room_fact_no FROM room_fact AS latest
    WHERE latest.room_key = room.room_key
    ORDER BY latest.last_seen_ms DESC, latest.last_snapshot_seq DESC, latest.room_fact_no DESC
    LIMIT 1
  )
LEFT JOIN label AS app ON app.label_key = fact.app_key
LEFT JOIN label AS status ON status.label_key = fact.status_key;
CREATE VIEW room_on_process AS
SELECT
  room.room_id AS room_id,
  process.process_id AS process_id,
  allocation.room_allocation_id AS room_allocation_id,
  allocation.scheduled_at_ms AS scheduled_at_ms,
  allocation.unscheduled_at_ms AS unscheduled_at_ms,
  (
    SELECT min(same.first_seen_ms) FROM room_allocation AS same
    WHERE same.room_key = allocation.room_key
      AND same.room_allocation_id = allocation.room_allocation_id
      AND same.process_key IS allocation.process_key
  ) AS first_seen_ms,
  allocation.last_seen_ms AS last_seen_ms
FROM room_allocation AS allocation
JOIN room ON room.room_key = allocation.room_key
LEFT JOIN process ON process.process_key = allocation.process_key
WHERE allocation.allocation_no = (
  SELECT latest.allocation_no FROM room_allocation AS latest
  WHERE latest.room_key = allocation.room_key
    AND latest.room_allocation_id = allocation.room_allocation_id
    AND latest.process_key IS allocation.process_key
  ORDER BY latest.last_seen_ms DESC, latest.last_snapshot_seq DESC, latest.allocation_no DESC
  LIMIT 1
)
UNION ALL
SELECT
  room.room_id AS room_id,
  process.process_id AS process_id,
  NULL AS room_allocation_id,
  NULL AS scheduled_at_ms,
  NULL AS unscheduled_at_ms,
  min(activity.first_seen_ms) AS first_seen_ms,
  max(activity.last_seen_ms) AS last_seen_ms
FROM process_room AS listed
JOIN process_activity AS activity
  ON activity.process_key = listed.process_key AND activity.activity_no = listed.activity_no
JOIN room ON room.room_key = listed.room_key
JOIN process ON process.process_key = listed.process_key
JOIN room_fact AS fact
  ON fact.room_key = listed.room_key AND fact.room_fact_no = listed.room_fact_no
LEFT JOIN room_allocation AS allocation
  ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
WHERE allocation.process_key IS NOT listed.process_key
GROUP BY listed.room_key, listed.process_key;
CREATE VIEW process_history AS
SELECT
  process.process_id AS process_id,
  attribute.first_seen_ms AS first_seen_ms,
  attribute.last_seen_ms AS last_seen_ms,
  app.label AS app_id,
  deployment.label AS deployment_id,
  region.label AS region,
  status.label AS status,
  attribute.draining AS draining,
  attribute.starting_at_ms AS starting_at_ms,
  attribute.scheduled_at_ms AS scheduled_at_ms,
  attribute.booted_at_ms AS booted_at_ms,
  attribute.started_at_ms AS started_at_ms,
  attribute.stopping_at_ms AS stopping_at_ms,
  attribute.terminated_at_ms AS terminated_at_ms,
  attribute.rooms_per_process AS rooms_per_process,
  hosting.label AS hosting,
  fleet.label AS fleet_id,
  exit_reason.label AS summary_exit_reason
FROM process_attribute AS attribute
JOIN process ON process.process_key = attribute.process_key
LEFT JOIN label AS app ON app.label_key = attribute.app_key
LEFT JOIN label AS deployment ON deployment.label_key = attribute.deployment_key
LEFT JOIN label AS region ON region.label_key = attribute.region_key
LEFT JOIN label AS status ON status.label_key = attribute.status_key
LEFT JOIN label AS hosting ON hosting.label_key = attribute.hosting_key
LEFT JOIN label AS fleet ON fleet.label_key = attribute.fleet_key
LEFT JOIN label AS exit_reason ON exit_reason.label_key = attribute.summary_exit_reason_key;
CREATE VIEW activity_history AS
SELECT
  process.process_id AS process_id,
  activity.first_seen_ms AS first_seen_ms,
  activity.last_seen_ms AS last_seen_ms,
  activity.rooms_allocated AS rooms_allocated,
  activity.rooms_allocated_updated_at_ms AS rooms_allocated_updated_at_ms,
  activity.active_connections AS active_connections,
  activity.active_connections_updated_at_ms AS active_connections_updated_at_ms,
  activity.room_slots_available AS room_slots_available,
  activity.room_slots_available_updated_at_ms AS room_slots_available_updated_at_ms,
  activity.idle_since_ms AS idle_since_ms,
  activity.total_rooms AS total_rooms
FROM process_activity AS activity
JOIN process ON process.process_key = activity.process_key;
CREATE VIEW snapshot_view AS
SELECT
  snapshot.snapshot_seq AS snapshot_seq,
  snapshot.observed_at_ms AS observed_at_ms,
  snapshot.observed_at_origin AS observed_at_origin,
  snapshot.list_kind AS list_kind,
  snapshot.capped AS capped,
  snapshot.process_count AS process_count,
  snapshot.room_count AS room_count,
  snapshot.duplicate_count AS duplicate_count,
  snapshot.restated_count AS restated_count,
  snapshot.reject_count AS reject_count,
  source.path AS source,
  snapshot.byte_offset AS byte_offset,
  snapshot.byte_length AS byte_length,
  lower(hex(snapshot.sha256)) AS sha256
FROM snapshot
JOIN source ON source.source_key = snapshot.source_key;
COMMIT;
