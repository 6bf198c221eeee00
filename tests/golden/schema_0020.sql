-- A store of schema version 20; made by tests/golden/make, never edited.
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
INSERT INTO label VALUES(10,'2');
INSERT INTO label VALUES(11,'Tokyo');
INSERT INTO label VALUES(12,'running');
INSERT INTO label VALUES(13,'cloud');
INSERT INTO label VALUES(14,'f1');
INSERT INTO label VALUES(15,'destroyed');
INSERT INTO label VALUES(16,'exited');
INSERT INTO label VALUES(17,'draining');
INSERT INTO label VALUES(18,'stopped');
CREATE TABLE source (
  source_key     INTEGER PRIMARY KEY,
  path           TEXT    NOT NULL,  -- as the user named it; '-' is standard input
  encoding       TEXT    NOT NULL,
  ingested_at_ms INTEGER NOT NULL,  -- wall time of its first document here; no answer depends on it
  CONSTRAINT source_encoding_is_known CHECK (encoding IN ('plain', 'gzip', 'zstd'))
) STRICT;
INSERT INTO source VALUES(1,'polls.ndjson','plain',1796202728588);
INSERT INTO source VALUES(2,'poll.json','plain',1796202728588);
INSERT INTO source VALUES(3,'poll.json','plain',1796202728689);
INSERT INTO source VALUES(4,'deployments.json','plain',1796202728749);
INSERT INTO source VALUES(5,'rates.json','plain',1796202728828);
INSERT INTO source VALUES(6,'policy.json','plain',1796202728892);
INSERT INTO source VALUES(7,'invoice.csv','plain',1796202728954);
INSERT INTO source VALUES(8,'list.json','plain',1796202729034);
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
, made_good_seq INTEGER REFERENCES snapshot (snapshot_seq)) STRICT;
INSERT INTO reject VALUES(1,1,2,1930,15,1943,'/processes/2/processId','expected a string, found a number (7)',X'7b2270726f636573734964223a377d',NULL,1796202728588,NULL);
INSERT INTO reject VALUES(2,2,NULL,0,100,100,'','the document ends inside a string (truncated?)',X'7b226f627365727665644174223a22323032342d31312d30315431353a30303a30305a222c2270726f636573736573223a5b7b2270726f636573734964223a227632222c226170704964223a22617070222c226465706c6f796d656e744964223a322c22',X'07a37753c16e508bb013f0defda4393958d2267922a60f9fc7f8e795f53d2f47',1796202728588,7);
CREATE TABLE set_aside (
  set_aside_key  INTEGER PRIMARY KEY,
  source_key     INTEGER NOT NULL REFERENCES source (source_key),
  byte_offset    INTEGER NOT NULL,
  sha256         BLOB    NOT NULL UNIQUE,
  kind           TEXT    NOT NULL,
  raw            BLOB    NOT NULL,
  ingested_at_ms INTEGER NOT NULL
) STRICT;
INSERT INTO set_aside VALUES(1,1,3321,X'3a55f86635b2b821ae6adad7eb1dc7f772d49e3d9af556dfe5faed3ca888673a','invoice',X'7b226964223a22696e5f31222c22737461747573223a226f70656e222c226d6f6e746859656172223a22323032342d3131222c22616d6f756e74447565223a3130302c2264756544617465223a22323032342d31322d3135227d',1796202728588);
CREATE TABLE observation (
  process_key           INTEGER NOT NULL REFERENCES process (process_key),
  snapshot_seq          INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  restated_attribute_no INTEGER NOT NULL,  -- restatement * 2^32 + attribute_no
  egressed_bytes        INTEGER,           -- running total as it came (a wrapped int32 is negative)
  activity_no           INTEGER NOT NULL,
  -- 0; 1, 2 … for what else the same document said of it
  restatement           INTEGER GENERATED ALWAYS AS (restated_attribute_no >> 32),
  attribute_no          INTEGER GENERATED ALWAYS AS (restated_attribute_no & 4294967295),
  PRIMARY KEY (process_key, snapshot_seq, restated_attribute_no)
) STRICT, WITHOUT ROWID;
INSERT INTO observation VALUES(1,1,0,5000,0);
INSERT INTO observation VALUES(1,2,1,9000,1);
INSERT INTO observation VALUES(1,3,2,1000,2);
INSERT INTO observation VALUES(1,4,3,9500,2);
INSERT INTO observation VALUES(1,6,4,30000,2);
INSERT INTO observation VALUES(2,1,0,-2000000000,0);
INSERT INTO observation VALUES(2,8,1,-1900000000,0);
INSERT INTO observation VALUES(3,2,0,NULL,0);
INSERT INTO observation VALUES(3,6,1,70000,0);
INSERT INTO observation VALUES(3,7,2,80000,1);
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
  first_seen_before_ms    INTEGER NOT NULL,  -- snapshot_seq's time; 0 but for late archives
  last_seen_ms            INTEGER NOT NULL,
  last_snapshot_seq       INTEGER NOT NULL,  -- of the observation at last_seen_ms
  last_restatement        INTEGER NOT NULL,
  CONSTRAINT process_attribute_draining_is_boolean CHECK (draining IN (0, 1)),
  PRIMARY KEY (process_key, attribute_no)
) STRICT, WITHOUT ROWID;
INSERT INTO process_attribute VALUES(1,0,1,1,2,3,NULL,NULL,1730447990000,NULL,NULL,1730448000000,NULL,NULL,2,1,4,7001,NULL,NULL,NULL,0,1730451600000,1,0);
INSERT INTO process_attribute VALUES(1,1,2,1,2,3,NULL,NULL,1730447990000,NULL,NULL,1730448000000,NULL,NULL,2,2,4,7001,NULL,NULL,NULL,0,1730453400000,2,0);
INSERT INTO process_attribute VALUES(1,2,3,1,2,3,NULL,NULL,1730447990000,NULL,NULL,1730448000000,NULL,NULL,2,0,4,7001,NULL,NULL,NULL,0,1730449800000,3,0);
INSERT INTO process_attribute VALUES(1,3,4,1,2,3,NULL,NULL,NULL,NULL,NULL,1730448000000,NULL,NULL,NULL,0,4,NULL,NULL,NULL,NULL,0,1730453400000,4,0);
INSERT INTO process_attribute VALUES(1,4,6,1,2,3,NULL,NULL,NULL,NULL,NULL,1730448000000,1730466000000,1730466005000,NULL,0,NULL,NULL,NULL,NULL,16,0,1730469600000,6,0);
INSERT INTO process_attribute VALUES(2,0,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,0,1730451600000,1,0);
INSERT INTO process_attribute VALUES(2,1,8,1,NULL,3,NULL,NULL,NULL,NULL,NULL,1730448000000,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,0,1730454300000,8,0);
INSERT INTO process_attribute VALUES(3,0,2,1,10,11,12,NULL,1730452200000,NULL,NULL,1730452205000,NULL,NULL,NULL,0,NULL,NULL,13,14,NULL,0,1730453400000,2,0);
INSERT INTO process_attribute VALUES(3,1,6,1,10,11,17,NULL,1730452200000,NULL,NULL,1730452205000,NULL,NULL,NULL,0,NULL,NULL,13,14,NULL,0,1730469600000,6,0);
INSERT INTO process_attribute VALUES(3,2,7,1,10,11,18,NULL,1730452200000,NULL,NULL,1730452205000,NULL,1730471400000,NULL,0,NULL,NULL,NULL,NULL,NULL,0,1730473200000,7,0);
CREATE TABLE process_activity (
  process_key                           INTEGER NOT NULL REFERENCES process (process_key),
  activity_no                           INTEGER NOT NULL,
  rooms_allocated                       INTEGER,
  rooms_allocated_updated_at_ms         INTEGER,
  active_connections                    ANY,  -- integer or double as it came, else its text
  active_connections_updated_after_ms   INTEGER,
  room_slots_available                  ANY,  -- likewise; the vendor's is fractional
  room_slots_available_updated_after_ms INTEGER,
  idle_since_after_ms                   INTEGER,
  total_rooms                           INTEGER,
  room_set_no                           INTEGER,  -- 0: an empty list of rooms; NULL: no list
  PRIMARY KEY (process_key, activity_no)
) STRICT, WITHOUT ROWID;
INSERT INTO process_activity VALUES(1,0,2,1730449800000,3,1740000,0.5,NULL,NULL,2,1);
INSERT INTO process_activity VALUES(1,1,1,1730452200000,'2.50',NULL,NULL,NULL,NULL,1,2);
INSERT INTO process_activity VALUES(1,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO process_activity VALUES(2,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO process_activity VALUES(3,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO process_activity VALUES(3,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE egress_gap (
  extent      INTEGER NOT NULL,  -- to_hour - from_hour is less than 2^extent
  from_hour   INTEGER NOT NULL,  -- hours since 1970: windows [a, b) with from_hour <= a
  process_key INTEGER NOT NULL REFERENCES process (process_key),
  to_hour     INTEGER NOT NULL,  -- and b <= to_hour
  bytes       INTEGER NOT NULL,  -- are this much too low in lo; 0: count one process too many
  PRIMARY KEY (extent, from_hour, process_key, to_hour, bytes)
) STRICT, WITHOUT ROWID;
INSERT INTO egress_gap VALUES(2,480682,1,480685,20500);
INSERT INTO egress_gap VALUES(2,480682,3,480685,70000);
CREATE TABLE store_span (
  store_span_key INTEGER PRIMARY KEY,
  earliest_ms    INTEGER NOT NULL,
  CONSTRAINT store_span_has_one_row CHECK (store_span_key = 1)
) STRICT;
INSERT INTO store_span VALUES(1,1730447990000);
CREATE TABLE deployment (
  document_seq        INTEGER NOT NULL REFERENCES money_document (document_seq),
  position            INTEGER NOT NULL,  -- in the document, from 0
  app_id              TEXT    NOT NULL,
  deployment_id       TEXT    NOT NULL,  -- unique only within its app
  requested_cpu       TEXT,              -- vCPU, a decimal as it was written
  requested_memory_mb TEXT,              -- likewise
  rooms_per_process   INTEGER,
  plan                TEXT,
  created_at_ms       INTEGER,
  PRIMARY KEY (document_seq, position)
) STRICT, WITHOUT ROWID;
INSERT INTO deployment VALUES(1,0,'app','1','2','4096',3,NULL,NULL);
CREATE TABLE rate_card (
  document_seq INTEGER PRIMARY KEY REFERENCES money_document (document_seq),
  name         TEXT    NOT NULL,
  currency     TEXT    NOT NULL,  -- ISO 4217
  minor_digits INTEGER NOT NULL   -- decimal places of its smallest unit: 2 is cents
) STRICT;
INSERT INTO rate_card VALUES(2,'card','USD',2);
CREATE TABLE rate (
  document_seq  INTEGER NOT NULL REFERENCES rate_card (document_seq),
  rate_no       INTEGER NOT NULL,  -- in the card, from 0
  product       TEXT    NOT NULL,
  unit          TEXT    NOT NULL,
  app_id        TEXT,
  deployment_id TEXT,
  region        TEXT,
  hosting       TEXT,
  plan          TEXT,
  from_ms       INTEGER,
  to_ms         INTEGER,
  CONSTRAINT rate_product_is_known CHECK (product IN ('compute', 'egress')),
  CONSTRAINT rate_unit_is_known CHECK (unit IN ('vcpu_hour', 'active_hour', 'GB', 'GiB')),
  CONSTRAINT rate_holds_for_a_while CHECK (from_ms < to_ms),
  PRIMARY KEY (document_seq, rate_no)
) STRICT, WITHOUT ROWID;
INSERT INTO rate VALUES(2,0,'compute','vcpu_hour',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO rate VALUES(2,1,'egress','GB',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE rate_tier (
  document_seq  INTEGER NOT NULL,
  rate_no       INTEGER NOT NULL,
  tier_no       INTEGER NOT NULL,  -- from 0
  from_quantity TEXT    NOT NULL,  -- in the rate's unit, a decimal; '0' in the first tier
  unit_price    TEXT    NOT NULL,  -- in the card's currency, a decimal
  PRIMARY KEY (document_seq, rate_no, tier_no),
  FOREIGN KEY (document_seq, rate_no) REFERENCES rate (document_seq, rate_no)
) STRICT, WITHOUT ROWID;
INSERT INTO rate_tier VALUES(2,0,0,'0','0.08');
INSERT INTO rate_tier VALUES(2,1,0,'0','0.12');
INSERT INTO rate_tier VALUES(2,1,1,'10','0.10');
CREATE TABLE place (
  place_no   INTEGER PRIMARY KEY,
  app_key    INTEGER NOT NULL,  -- 0 for none
  region_key INTEGER NOT NULL,
  UNIQUE (app_key, region_key)
) STRICT;
INSERT INTO place VALUES(0,1,3);
INSERT INTO place VALUES(1,0,0);
INSERT INTO place VALUES(2,1,11);
CREATE TABLE sighting (
  snapshot_seq INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  block        INTEGER NOT NULL,  -- place_no / 63
  places       INTEGER NOT NULL,  -- the bit place_no % 63 of each
  PRIMARY KEY (snapshot_seq, block)
) STRICT, WITHOUT ROWID;
INSERT INTO sighting VALUES(1,0,3);
INSERT INTO sighting VALUES(2,0,5);
INSERT INTO sighting VALUES(3,0,1);
INSERT INTO sighting VALUES(4,0,1);
INSERT INTO sighting VALUES(6,0,5);
INSERT INTO sighting VALUES(7,0,4);
INSERT INTO sighting VALUES(8,0,1);
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
  egressed_bytes_sum INTEGER NOT NULL, list_app_key INTEGER REFERENCES label (label_key), list_region_key INTEGER REFERENCES label (label_key), list_proof TEXT, list_is_given INTEGER NOT NULL DEFAULT 0,  -- control total over its observations, modulo 2^64
  CONSTRAINT snapshot_digest_is_whole CHECK (length(sha256) = 32),
  CONSTRAINT snapshot_origin_is_known  -- SQLite makes a table of a longer IN for every row
    CHECK (
      observed_at_origin = 'envelope' OR observed_at_origin = 'flag'
      OR observed_at_origin = 'filename' OR observed_at_origin = 'mtime'
      OR observed_at_origin = 'now'
    ),
  CONSTRAINT snapshot_capped_is_boolean CHECK (capped IN (0, 1))
) STRICT;
INSERT INTO snapshot VALUES(1,1,0,1091,X'0f91eff1b48c12ac4eb4f83db93e9246cbbd10bbcdf29757a98d08cbdfa3ae86',1730451600000,'envelope',NULL,0,2,0,0,0,0,-1999995000,NULL,NULL,NULL,0);
INSERT INTO snapshot VALUES(2,1,1092,855,X'738589458021f3234b6e69664f1f056b0947a7fab6a799d94e6e013327298340',1730453400000,'envelope',NULL,0,2,0,0,0,1,9000,NULL,NULL,NULL,0);
INSERT INTO snapshot VALUES(3,1,1948,265,X'72849316563f13fe919a8c494ba7c4fa5a3e865c1f9e7e39d5683915429d0a1d',1730449800000,'envelope',NULL,0,1,0,0,0,0,1000,NULL,NULL,NULL,0);
INSERT INTO snapshot VALUES(4,1,2214,197,X'60c44f298b7ebe7b55c53c915ed6663d2243140d5606dbe696fae46cb43f09c1',1730453400000,'envelope',NULL,0,1,0,0,1,0,9500,NULL,NULL,NULL,0);
INSERT INTO snapshot VALUES(5,1,2412,403,X'd6f3c3e1c30ccf3e532eaa9e61fce200a4aba240f2bd9ea6503e8f5b44c1a0bb',1730455200000,'envelope',NULL,0,0,1,0,0,0,0,NULL,NULL,NULL,0);
INSERT INTO snapshot VALUES(6,1,2816,504,X'5d13ebcb3589db9f7f48666792b7c27dd83133e9bc27a9fabc20afea471ec744',1730469600000,'envelope',NULL,0,2,0,0,0,0,100000,NULL,NULL,NULL,0);
INSERT INTO snapshot VALUES(7,3,0,267,X'1a3d298043b0fd828ca8251ec0b4aff3e2cd5eca36aa4ce13904e2da27990f6a',1730473200000,'envelope',NULL,0,1,0,0,0,0,80000,NULL,NULL,NULL,0);
INSERT INTO snapshot VALUES(8,8,0,216,X'eaeee38e899b7ce4b02dd238a830476e8b4fe38e5b456a44d1c92ac935bf23b8',1730454300000,'envelope','running',0,1,0,0,0,0,-1900000000,1,3,'all',0);
CREATE TABLE rollup (
  level           INTEGER NOT NULL,  -- 0: hours, 1: days of 24 hours, 2: eras of 64 days
  bucket          INTEGER NOT NULL,  -- its number, counted from 1970
  app_key         INTEGER NOT NULL,  -- a label_key, or 0 for none
  deployment_key  INTEGER NOT NULL,  -- likewise
  region_key      INTEGER NOT NULL,  -- likewise
  billed_count    INTEGER NOT NULL,  -- billable spans that begin here less those that end here
  billed_ms       INTEGER NOT NULL,  -- how far behind the bucket's begin they do, likewise summed
  billed_lo_count INTEGER NOT NULL,
  billed_lo_ms    INTEGER NOT NULL,
  billed_hi_count INTEGER NOT NULL,
  billed_hi_ms    INTEGER NOT NULL,
  billed_begin    INTEGER NOT NULL,  -- processes whose upper span begins here
  billed_end      INTEGER NOT NULL,  -- or ends here: in (begin of bucket, end of bucket]
  egress_bytes    INTEGER NOT NULL,  -- bytes that left here
  egress_bytes_lo INTEGER NOT NULL,  -- by how much the lower function grows, summed
  egress_bytes_hi INTEGER NOT NULL,  -- by how much the upper function grows, summed
  sent_begin      INTEGER NOT NULL,  -- processes whose bytes may begin to leave here
  sent_end        INTEGER NOT NULL,
  open_begin      INTEGER NOT NULL,  -- processes from whose last reading on nothing bounds them
  open_end        INTEGER NOT NULL,
  unmetered_begin INTEGER NOT NULL,  -- processes without any reading
  unmetered_end   INTEGER NOT NULL,
  CONSTRAINT rollup_level_is_known CHECK (level BETWEEN 0 AND 2),
  PRIMARY KEY (level, bucket, app_key, deployment_key, region_key)
) STRICT, WITHOUT ROWID;
INSERT INTO rollup VALUES(0,480679,1,2,3,0,0,0,0,0,0,0,0,0,0,1000,1,0,0,0,0,0);
INSERT INTO rollup VALUES(0,480680,1,0,3,1,0,1,0,1,0,1,0,2294967296,2294967296,2294967296,1,0,0,0,0,0);
INSERT INTO rollup VALUES(0,480680,1,2,3,1,0,1,0,1,0,1,0,5000,5000,4000,0,0,0,0,0,0);
INSERT INTO rollup VALUES(0,480681,1,0,3,-1,-2700000,-1,-2700000,0,0,0,0,100000000,100000000,100000000,0,0,1,0,0,0);
INSERT INTO rollup VALUES(0,480681,1,2,3,0,0,0,0,0,0,0,0,7427,4500,25000,0,0,0,0,0,0);
INSERT INTO rollup VALUES(0,480681,1,10,11,1,605000,1,605000,1,605000,1,0,12052,0,70000,1,0,0,0,0,0);
INSERT INTO rollup VALUES(0,480682,1,2,3,0,0,0,0,0,0,0,0,5855,0,0,0,0,0,0,0,0);
INSERT INTO rollup VALUES(0,480682,1,10,11,0,0,0,0,0,0,0,0,14487,0,0,0,0,0,0,0,0);
INSERT INTO rollup VALUES(0,480683,1,2,3,0,0,0,0,0,0,0,0,5855,0,0,0,0,0,0,0,0);
INSERT INTO rollup VALUES(0,480683,1,10,11,0,0,0,0,0,0,0,0,14487,0,0,0,0,0,0,0,0);
INSERT INTO rollup VALUES(0,480684,1,2,3,0,0,0,0,0,0,0,1,5854,0,0,0,0,0,0,0,0);
INSERT INTO rollup VALUES(0,480684,1,10,11,0,0,0,0,0,0,0,0,14487,0,0,0,0,0,0,0,0);
INSERT INTO rollup VALUES(0,480685,1,2,3,-1,0,-1,0,-1,0,0,0,9,20500,0,0,1,0,0,0,0);
INSERT INTO rollup VALUES(0,480685,1,10,11,0,0,0,0,0,0,0,0,14487,70000,0,0,0,0,0,0,0);
INSERT INTO rollup VALUES(0,480686,1,10,11,-1,-1800000,-1,0,-1,-1800000,0,1,10000,10000,10000,0,1,0,0,0,0);
INSERT INTO rollup VALUES(0,480751,1,0,3,0,0,0,0,0,0,0,1,0,0,0,0,1,0,1,0,0);
INSERT INTO rollup VALUES(0,480752,1,0,3,0,0,0,0,-1,0,0,0,0,0,0,0,0,0,0,0,0);
INSERT INTO rollup VALUES(1,20028,1,0,3,0,-6300000,0,-6300000,1,28800000,1,0,2394967296,2394967296,2394967296,1,0,1,0,0,0);
INSERT INTO rollup VALUES(1,20028,1,2,3,0,-18000000,0,-18000000,0,-18000000,1,1,30000,30000,30000,1,1,0,0,0,0);
INSERT INTO rollup VALUES(1,20028,1,10,11,0,-19195000,0,-17395000,0,-19195000,1,1,80000,80000,80000,1,1,0,0,0,0);
INSERT INTO rollup VALUES(1,20031,1,0,3,0,0,0,0,-1,-28800000,0,1,0,0,0,0,1,0,1,0,0);
INSERT INTO rollup VALUES(2,312,1,0,3,0,-6300000,0,-6300000,0,-259200000,1,1,2394967296,2394967296,2394967296,1,1,1,1,0,0);
INSERT INTO rollup VALUES(2,312,1,2,3,0,-18000000,0,-18000000,0,-18000000,1,1,30000,30000,30000,1,1,0,0,0,0);
INSERT INTO rollup VALUES(2,312,1,10,11,0,-19195000,0,-17395000,0,-19195000,1,1,80000,80000,80000,1,1,0,0,0,0);
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
  terminated_at_ms    INTEGER, gone_ms INTEGER, named_seq INTEGER, touched_seq INTEGER,
  CONSTRAINT process_id_is_not_empty CHECK (process_id <> ''),
  CONSTRAINT process_is_seen_in_order CHECK (first_seen_ms <= last_seen_ms)
) STRICT;
INSERT INTO process VALUES(1,'host',1730449800000,1730469600000,6,0,4,2,1730447990000,NULL,NULL,1730448000000,1730466000000,1730466005000,NULL,1,6);
INSERT INTO process VALUES(2,'bare',1730451600000,1730454300000,8,0,1,0,NULL,NULL,NULL,1730448000000,NULL,NULL,NULL,1,8);
INSERT INTO process VALUES(3,'v2',1730453400000,1730473200000,7,0,2,1,1730452200000,NULL,NULL,1730452205000,NULL,1730471400000,NULL,2,7);
INSERT INTO process VALUES(4,'gone',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,5,NULL);
CREATE TABLE room (
  room_key INTEGER PRIMARY KEY,
  room_id  TEXT    NOT NULL UNIQUE,
  CONSTRAINT room_id_is_not_empty CHECK (room_id <> '')
) STRICT;
INSERT INTO room VALUES(1,'r1');
INSERT INTO room VALUES(2,'r2');
CREATE TABLE process_meter (
  process_key      INTEGER PRIMARY KEY REFERENCES process (process_key),
  app_key          INTEGER NOT NULL,  -- the group it is in; 0 for none
  deployment_key   INTEGER NOT NULL,
  region_key       INTEGER NOT NULL,
  extent           INTEGER NOT NULL,  -- to_ms - from_ms is less than 2^(16 + extent)
  from_ms          INTEGER NOT NULL,  -- nothing begins or ends before
  to_ms            INTEGER NOT NULL,  -- nothing begins or ends after, but for
  tail_ms          INTEGER,           -- what ends at this later instant, were it lost
  irregular        INTEGER NOT NULL,  -- 1: not in the rollups, to be asked for itself
  first_reading_ms INTEGER,           -- NULL: it has no reading
  rise_ms          INTEGER,           -- up to here surely nothing had left; NULL: 0 bytes
  top_ms           INTEGER,           -- when its total was first read
  last_reading_ms  INTEGER,           -- at most its end
  egress_bytes     INTEGER,           -- the total, cleaned
  below            INTEGER NOT NULL,  -- 1: the last reading lies below the total
  plain            INTEGER NOT NULL,  -- 1: its readings came in order, none below another
  unended_ms       INTEGER            -- when it started, while neither it nor a list says its end
) STRICT;
INSERT INTO process_meter VALUES(1,1,2,3,9,1730447990000,1730469600000,NULL,0,1730449800000,1730447990000,1730466005000,1730466005000,30000,0,0,NULL);
INSERT INTO process_meter VALUES(2,1,0,3,7,1730448000000,1730454300000,1730707200000,0,1730451600000,1730448000000,1730454300000,1730454300000,2394967296,0,0,1730448000000);
INSERT INTO process_meter VALUES(3,1,10,11,9,1730452200000,1730473200000,NULL,0,1730469600000,1730452200000,1730471400000,1730471400000,80000,0,1,NULL);
CREATE TABLE list_scope (
  app_key           INTEGER NOT NULL REFERENCES label (label_key),
  region_key        INTEGER NOT NULL,  -- 0: all regions of the app
  observed_at_ms    INTEGER NOT NULL,  -- when the list was true
  snapshot_seq      INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  started_floor_ms  INTEGER,  -- of a list that was cut, which speaks only for processes that
  starting_floor_ms INTEGER,  -- started after the one and whose startingAt is after the other
  PRIMARY KEY (app_key, region_key, observed_at_ms, snapshot_seq)
) STRICT, WITHOUT ROWID;
INSERT INTO list_scope VALUES(1,3,1730454300000,8,NULL,NULL);
CREATE TABLE roaming_process (
  process_key INTEGER PRIMARY KEY REFERENCES process (process_key)
) STRICT;
INSERT INTO roaming_process VALUES(2);
CREATE TABLE room_fact (
  room_key           INTEGER NOT NULL REFERENCES room (room_key),
  room_fact_no       INTEGER NOT NULL,
  app_key            INTEGER REFERENCES label (label_key),
  status_key         INTEGER REFERENCES label (label_key),
  room_config_key    INTEGER REFERENCES room_config (room_config_key),
  allocation_no      INTEGER,  -- currentAllocation; NULL when there is none
  first_snapshot_seq INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),  -- by observed_at
  last_snapshot_seq  INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  PRIMARY KEY (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
INSERT INTO room_fact VALUES(1,0,1,9,1,0,1,1);
INSERT INTO room_fact VALUES(1,1,1,15,NULL,NULL,5,5);
INSERT INTO room_fact VALUES(2,0,1,9,NULL,0,1,2);
CREATE TABLE process_room (
  process_key  INTEGER NOT NULL REFERENCES process (process_key),
  room_set_no  INTEGER NOT NULL,  -- 1, 2 … within the process
  position     INTEGER NOT NULL,
  room_key     INTEGER NOT NULL REFERENCES room (room_key),
  room_fact_no INTEGER NOT NULL,
  is_unplaced  INTEGER NOT NULL,  -- 1: the fact names no allocation of the room to this process
  CONSTRAINT process_room_is_unplaced_is_boolean CHECK (is_unplaced IN (0, 1)),
  PRIMARY KEY (process_key, room_set_no, position),
  FOREIGN KEY (room_key, room_fact_no) REFERENCES room_fact (room_key, room_fact_no)
) STRICT, WITHOUT ROWID;
INSERT INTO process_room VALUES(1,1,0,1,0,0);
INSERT INTO process_room VALUES(1,1,1,2,0,0);
INSERT INTO process_room VALUES(1,2,0,2,0,0);
CREATE TABLE room_allocation (
  room_key           INTEGER NOT NULL REFERENCES room (room_key),
  allocation_no      INTEGER NOT NULL,
  room_allocation_id ANY     NOT NULL,  -- the 16 bytes of a UUID, else the text as it came
  process_key        INTEGER REFERENCES process (process_key),
  scheduled_at_ms    INTEGER,
  unscheduled_at_ms  INTEGER,  -- NULL while it is current
  is_unlisted        INTEGER NOT NULL,  -- 1: the process need not have listed the room
  CONSTRAINT room_allocation_is_unlisted_is_boolean CHECK (is_unlisted IN (0, 1)),
  PRIMARY KEY (room_key, allocation_no)
) STRICT, WITHOUT ROWID;
INSERT INTO room_allocation VALUES(1,0,X'6b6f1c9a2d514f0e9a3b0c5d7e8f9a01',1,1730448000000,NULL,0);
INSERT INTO room_allocation VALUES(1,1,X'6b6f1c9a2d514f0e9a3b0c5d7e8f9a01',1,1730448000000,1730452200000,1);
INSERT INTO room_allocation VALUES(1,2,'x0',4,1730361600000,1730365200000,1);
INSERT INTO room_allocation VALUES(2,0,'x2',1,1730449800000,NULL,0);
CREATE TABLE room_config_form (
  form_key INTEGER PRIMARY KEY,
  form     TEXT    NOT NULL UNIQUE
) STRICT;
INSERT INTO room_config_form VALUES(1,'{"map":%s}');
CREATE TABLE room_config (
  room_config_key INTEGER PRIMARY KEY,
  form_key        INTEGER REFERENCES room_config_form (form_key),  -- NULL: part_1 is the text
  part_1          ANY     NOT NULL,  -- integer, the 16 bytes of a UUID, or any other text
  part_2          ANY,               -- likewise; NULL: the form has no place for it
  part_3          ANY,
  part_4          ANY
) STRICT;
INSERT INTO room_config VALUES(1,1,1,NULL,NULL,NULL);
CREATE TABLE money_document (
  document_seq   INTEGER PRIMARY KEY,
  kind           TEXT    NOT NULL,
  name           TEXT    NOT NULL,  -- of the card, policy or invoice; '' for deployments
  source_key     INTEGER NOT NULL REFERENCES source (source_key),
  sha256         BLOB    NOT NULL,
  given          TEXT    NOT NULL,  -- what the user said beside it, `month=2024-11`; '' for nothing
  raw            BLOB    NOT NULL,
  imported_at_ms INTEGER NOT NULL,  -- wall time; no answer depends on it
  CONSTRAINT money_document_kind_is_known
    CHECK (kind IN ('deployments', 'rates', 'policy', 'invoice'))
) STRICT;
INSERT INTO money_document VALUES(1,'deployments','',4,X'525c46bff34e407d06630cb11634c6bd2c88b957c1429a69858061d7d1c5369d','',X'5b7b226170704964223a2022617070222c20226465706c6f796d656e744964223a20312c2022726571756573746564435055223a20322c20227265717565737465644d656d6f72794d42223a20343039362c2022726f6f6d7350657250726f63657373223a20337d5d0a',1796202728749);
INSERT INTO money_document VALUES(2,'rates','card',5,X'e6e9de3e5fb0e9b315fe4ffdc8e963b62fe599e70b5a9724a84a3aff07ac655b','',X'7b22666c6565746d657465725f7261746573223a20312c20226e616d65223a202263617264222c20227261746573223a205b7b22756e6974223a2022766370755f686f7572222c20227072696365223a2022302e3038227d2c207b22756e6974223a20224742222c20227469657273223a205b7b2266726f6d223a202230222c20227072696365223a2022302e3132227d2c207b2266726f6d223a20223130222c20227072696365223a2022302e3130227d5d7d5d7d0a',1796202728828);
INSERT INTO money_document VALUES(3,'policy','minutes',6,X'90c701c72dafa6e3c9db5d89b8f541dd21b6e8747079718f7859757553688fe2','',X'7b22666c6565746d657465725f706f6c696379223a20312c20226e616d65223a20226d696e75746573222c2022726f756e64696e67223a207b2273746570223a20226d696e757465222c2022706572223a202270726f63657373227d7d0a',1796202728892);
INSERT INTO money_document VALUES(4,'invoice','INV-1',7,X'713891b64aad467cde922ff9294252a94c3e849c73fe6bed1983dc7010fe2777','',X'696e766f6963655f69642c6d6f6e74682c70726f647563742c6465736372697074696f6e2c756e69742c7175616e746974792c756e69745f70726963652c616d6f756e742c646973636f756e740a494e562d312c323032342d31312c636f6d707574652c2c7643505520686f7572732c31302e30302c302e30382c302e38302c0a494e562d312c323032342d31312c6567726573732c2c47422c302e30302c302e31322c302e30302c0a',1796202728954);
CREATE TABLE invoice_line (
  document_seq  INTEGER NOT NULL REFERENCES invoice (document_seq),
  line_no       INTEGER NOT NULL,  -- from 0
  kind          TEXT    NOT NULL,  -- what it is about, as far as we can tell
  description   TEXT    NOT NULL,  -- the vendor's product name
  unit          TEXT    NOT NULL,
  quantity      TEXT,
  unit_price    TEXT,
  amount        TEXT,
  discount      TEXT,
  app_id        TEXT,              -- it is about this app alone; NULL: about all
  deployment_id TEXT,              -- likewise
  region        TEXT,              -- likewise
  CONSTRAINT invoice_line_kind_is_known
    CHECK (kind IN ('compute', 'egress', 'other', 'discount', 'credit', 'tax')),
  PRIMARY KEY (document_seq, line_no)
) STRICT, WITHOUT ROWID;
INSERT INTO invoice_line VALUES(4,0,'compute','','vCPU hours','10.00','0.08','0.80',NULL,NULL,NULL,NULL);
INSERT INTO invoice_line VALUES(4,1,'egress','','GB','0.00','0.12','0.00',NULL,NULL,NULL,NULL);
CREATE TABLE policy (
  document_seq   INTEGER PRIMARY KEY REFERENCES money_document (document_seq),
  name           TEXT    NOT NULL,
  summary        TEXT    NOT NULL,
  clock_start    TEXT    NOT NULL,  -- the vendor's name of a timestamp: startedAt
  clock_stop     TEXT    NOT NULL,  -- likewise: stoppingAt
  step_ms        INTEGER NOT NULL,  -- time is rounded to a multiple of it; 0: it is not rounded
  step_per       TEXT    NOT NULL,
  step_direction TEXT    NOT NULL,  -- up, nearest or down
  minimum_ms     INTEGER NOT NULL,
  gb             TEXT    NOT NULL,  -- what a GB of the rate card is
  zone           TEXT    NOT NULL,  -- IANA
  running        TEXT    NOT NULL,
  orphan         TEXT    NOT NULL,
  amounts        TEXT    NOT NULL,
  CONSTRAINT policy_step_is_known
    CHECK (step_ms IN (0, 1000, 60000, 360000, 900000, 1800000, 3600000)),
  CONSTRAINT policy_step_per_is_known CHECK (step_per IN ('process', 'line')),
  CONSTRAINT policy_step_direction_is_known CHECK (step_direction IN ('up', 'nearest', 'down')),
  CONSTRAINT policy_minimum_is_not_negative CHECK (minimum_ms >= 0),
  CONSTRAINT policy_gb_is_known CHECK (gb IN ('GB', 'GiB')),
  CONSTRAINT policy_running_is_known CHECK (running IN ('point', 'longest', 'excluded')),
  CONSTRAINT policy_orphan_is_known CHECK (orphan IN ('point', 'longest', 'excluded')),
  CONSTRAINT policy_amounts_is_known CHECK (amounts IN ('half_even', 'half_up', 'up', 'down'))
) STRICT;
INSERT INTO policy VALUES(3,'minutes','','startedAt','stoppingAt',60000,'process','up',0,'GB','UTC','point','point','half_even');
CREATE TABLE invoice (
  document_seq INTEGER PRIMARY KEY REFERENCES money_document (document_seq),
  invoice_id   TEXT    NOT NULL,
  status       TEXT    NOT NULL,  -- the vendor's word; '' for none
  currency     TEXT    NOT NULL,  -- ISO 4217
  month        TEXT,              -- 2024-11; NULL: it names none
  amount_due   TEXT,              -- a decimal as it was written
  due_at_ms    INTEGER,
  corrects     TEXT,              -- the invoice that this note is about; NULL: it is an invoice
  takes_off    INTEGER NOT NULL,  -- 1: it is a credit note, and amounts above 0 are taken off
  CONSTRAINT invoice_takes_off_is_a_flag CHECK (takes_off IN (0, 1))
) STRICT;
INSERT INTO invoice VALUES(4,'INV-1','','USD','2024-11',NULL,NULL,NULL,0);
CREATE TABLE seal (
  seal_seq     INTEGER PRIMARY KEY,  -- from 1, in the order in which they were made
  month        TEXT    NOT NULL,     -- 2024-11
  zone         TEXT    NOT NULL,     -- IANA zone of the month
  as_of_ms     INTEGER NOT NULL,     -- the instant up to which the figures answer
  known_seq    INTEGER NOT NULL,     -- the newest snapshot that counted
  checkpoint   TEXT    NOT NULL,     -- origin, number of lines and root, a line each
  signatures   TEXT    NOT NULL,     -- a line each; '' when nobody signed
  sealed_at_ms INTEGER NOT NULL,     -- wall time; no answer depends on it
  CONSTRAINT seal_month_is_sealed_once UNIQUE (month)
) STRICT;
INSERT INTO seal VALUES(1,'2024-10','UTC',1730473200000,8,replace('fleetmeter/2024-10\n2\nualRLhzrPdjRNMk150iPqNHYzD4JpTtchrxRoJHQQmg=\n','\n',char(10)),'',1796202729117);
CREATE TABLE seal_line (
  seal_seq INTEGER NOT NULL REFERENCES seal (seal_seq),
  line_no  INTEGER NOT NULL,  -- from 0
  text     TEXT    NOT NULL,  -- a JSON object without the end of its line
  PRIMARY KEY (seal_seq, line_no)
) STRICT, WITHOUT ROWID;
INSERT INTO seal_line VALUES(1,0,'{"line":"seal","format":"fleetmeter-seal@v1","origin":"fleetmeter/2024-10","month":"2024-10","zone":"UTC","from_ms":1727740800000,"to_ms":1730419200000,"as_of_ms":1730473200000,"known_seq":8,"snapshots":8,"knowledge":"4058aa1732ae7e1be11c3374e0a4db10397ca98be052bcb60d88e05a7e0dc070","grace_ms":900000,"max_lifespan_ms":259200000,"absence":"trust","version":"0.1.0","rates":null,"policy":null,"money_seq":null,"money_digest":null,"public_key":null,"previous_root":null,"usage_lines":0,"cost_lines":0,"adjustment_lines":0}');
INSERT INTO seal_line VALUES(1,1,'{"line":"total","billable_ms":0,"billable_ms_lo":0,"billable_ms_hi":0,"egress_bytes":0,"egress_bytes_lo":0,"egress_bytes_hi":0,"billable_processes":0,"egress_processes":0,"open_processes":0,"unmetered_processes":0}');
CREATE TABLE process_block (
  block_no INTEGER PRIMARY KEY,
  from_ms  INTEGER NOT NULL
) STRICT;
INSERT INTO process_block VALUES(0,1730192400000);
CREATE TABLE control_sum (
  table_name TEXT    PRIMARY KEY,
  row_count  INTEGER NOT NULL,
  row_sum    INTEGER NOT NULL,
  CONSTRAINT control_sum_counts_rows CHECK (row_count >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO control_sum VALUES('label',18,4030189419709508126);
INSERT INTO control_sum VALUES('money_document',4,-1057807318483378113);
INSERT INTO control_sum VALUES('observation',10,2593939972672008395);
INSERT INTO control_sum VALUES('place',3,-5164609920378953793);
INSERT INTO control_sum VALUES('port',3,1709692346533771148);
INSERT INTO control_sum VALUES('process',4,5393422225482803508);
INSERT INTO control_sum VALUES('process_activity',6,1808646997436183770);
INSERT INTO control_sum VALUES('process_attribute',10,4300277095591868567);
INSERT INTO control_sum VALUES('process_room',3,-3491986215877167755);
INSERT INTO control_sum VALUES('reject',2,-5395045561483909127);
INSERT INTO control_sum VALUES('room',2,1347568497186493793);
INSERT INTO control_sum VALUES('room_allocation',4,7905923298014099420);
INSERT INTO control_sum VALUES('room_config',1,2137021265172773610);
INSERT INTO control_sum VALUES('room_config_form',1,4954767789033639781);
INSERT INTO control_sum VALUES('room_fact',3,7635835251454378427);
INSERT INTO control_sum VALUES('room_observation',1,5622185261944069699);
INSERT INTO control_sum VALUES('room_observation_allocation',2,-3941485533767387183);
INSERT INTO control_sum VALUES('set_aside',1,8965273978321277061);
INSERT INTO control_sum VALUES('snapshot',8,-1251184876614629045);
INSERT INTO control_sum VALUES('source',8,5010269974919355119);
CREATE TABLE pruned_file (
  pruned_seq         INTEGER PRIMARY KEY,  -- from 1, in the order in which they were made
  sha256             BLOB    NOT NULL,     -- of its bytes
  byte_length        INTEGER NOT NULL,
  before_ms          INTEGER NOT NULL,  -- no answer about this instant or a later one needs it
  process_count      INTEGER NOT NULL,
  observation_count  INTEGER NOT NULL,
  egressed_bytes_sum INTEGER NOT NULL,  -- control total over its observations, modulo 2^64
  pruned_at_ms       INTEGER NOT NULL,  -- wall time; no answer depends on it
  CONSTRAINT pruned_file_digest_is_whole CHECK (length(sha256) = 32)
) STRICT;
CREATE TABLE pruned_process (
  process_key INTEGER PRIMARY KEY REFERENCES process (process_key),
  pruned_seq  INTEGER NOT NULL REFERENCES pruned_file (pruned_seq),
  first_row   INTEGER NOT NULL,  -- of its rows in the file, counted from 0
  row_count   INTEGER NOT NULL   -- so many follow one another
) STRICT;
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
CREATE VIEW process_history AS
SELECT
  process.process_id AS process_id,
  said.observed_at_ms - attribute.first_seen_before_ms AS first_seen_ms,
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
JOIN snapshot AS said ON said.snapshot_seq = attribute.snapshot_seq
LEFT JOIN label AS app ON app.label_key = attribute.app_key
LEFT JOIN label AS deployment ON deployment.label_key = attribute.deployment_key
LEFT JOIN label AS region ON region.label_key = attribute.region_key
LEFT JOIN label AS status ON status.label_key = attribute.status_key
LEFT JOIN label AS hosting ON hosting.label_key = attribute.hosting_key
LEFT JOIN label AS fleet ON fleet.label_key = attribute.fleet_key
LEFT JOIN label AS exit_reason ON exit_reason.label_key = attribute.summary_exit_reason_key;
CREATE VIEW egress_reading AS
SELECT
  curve.process_key AS process_key,
  observation.snapshot_seq AS snapshot_seq,
  curve.zero_ms AS zero_ms,
  curve.nothing_until_ms AS nothing_until_ms,
  CASE
    WHEN snapshot.observed_at_ms > curve.end_ms THEN curve.end_ms
    ELSE snapshot.observed_at_ms
  END AS at_ms,
  CASE
    WHEN observation.egressed_bytes < 0 THEN observation.egressed_bytes + 4294967296
    ELSE observation.egressed_bytes
  END AS bytes,
  CASE WHEN observation.egressed_bytes < 0 THEN 1 ELSE 0 END AS is_wrapped,
  CASE WHEN snapshot.observed_at_ms > curve.end_ms THEN 1 ELSE 0 END AS is_late
FROM egress_curve AS curve
JOIN observation ON observation.process_key = curve.process_key
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
WHERE observation.egressed_bytes IS NOT NULL;
CREATE INDEX deployment_by_name ON deployment (app_id, deployment_id);
CREATE VIEW deployment_latest AS
SELECT
  app_id,
  deployment_id,
  requested_cpu,
  requested_memory_mb,
  rooms_per_process,
  plan,
  created_at_ms,
  document_seq
FROM deployment AS said
WHERE NOT EXISTS (
  SELECT 1
  FROM deployment AS later
  WHERE later.app_id = said.app_id
    AND later.deployment_id = said.deployment_id
    AND (later.document_seq, later.position) > (said.document_seq, said.position)
);
CREATE INDEX snapshot_by_digest ON snapshot (substr(sha256, 1, 4), observed_at_ms);
CREATE INDEX snapshot_by_time ON snapshot (observed_at_ms);
CREATE INDEX process_by_last_seen ON process (last_seen_ms) WHERE terminated_at_ms IS NULL;
CREATE VIEW activity_history AS
SELECT
  process.process_id AS process_id,
  (SELECT part.value FROM json_each(seen.value) AS part WHERE part.key = 1) AS first_seen_ms,
  (SELECT part.value FROM json_each(seen.value) AS part WHERE part.key = 2) AS last_seen_ms,
  activity.rooms_allocated AS rooms_allocated,
  activity.rooms_allocated_updated_at_ms AS rooms_allocated_updated_at_ms,
  activity.active_connections AS active_connections,
  activity.active_connections_updated_after_ms
    + coalesce(activity.rooms_allocated_updated_at_ms, 0) AS active_connections_updated_at_ms,
  activity.room_slots_available AS room_slots_available,
  activity.room_slots_available_updated_after_ms
    + coalesce(activity.rooms_allocated_updated_at_ms, 0) AS room_slots_available_updated_at_ms,
  activity.idle_since_after_ms + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    AS idle_since_ms,
  activity.total_rooms AS total_rooms
FROM process
CROSS JOIN json_each((
  SELECT
    '[' || group_concat('[' || activity_no || ',' || first_seen_ms || ',' || last_seen_ms || ']')
    || ']'
  FROM (
    SELECT
      observation.activity_no AS activity_no,
      min(snapshot.observed_at_ms) AS first_seen_ms,
      max(snapshot.observed_at_ms) AS last_seen_ms
    FROM observation
    JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
    WHERE observation.process_key = process.process_key
    GROUP BY observation.activity_no
  )
)) AS seen
CROSS JOIN process_activity AS activity
  ON activity.process_key = process.process_key AND activity.activity_no = (SELECT part.value FROM json_each(seen.value) AS part WHERE part.key = 0);
CREATE VIEW port_history AS
SELECT
  process.process_id AS process_id,
  name.label AS name,
  transport_type.label AS transport_type,
  host.label AS host,
  (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 3) AS port,
  (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 4) AS is_main,
  (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 5) AS first_seen_ms,
  (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 6) AS last_seen_ms
FROM process
CROSS JOIN json_each((
  SELECT
    '[' || group_concat(
      '[' || coalesce(name_key, 'null') || ',' || coalesce(transport_type_key, 'null') || ','
      || coalesce(host_key, 'null') || ',' || coalesce(port, 'null') || ',' || is_main || ','
      || first_seen_ms || ',' || last_seen_ms || ']'
    ) || ']'
  FROM (
    SELECT
      port.name_key AS name_key,
      port.transport_type_key AS transport_type_key,
      port.host_key AS host_key,
      port.port AS port,
      max(port.position = 0) AS is_main,
      min(said.observed_at_ms - attribute.first_seen_before_ms) AS first_seen_ms,
      max(attribute.last_seen_ms) AS last_seen_ms
    FROM process_attribute AS attribute
    JOIN snapshot AS said ON said.snapshot_seq = attribute.snapshot_seq
    JOIN port
      ON port.process_key = attribute.process_key
      AND port.port_set_no = attribute.port_set_no
    WHERE attribute.process_key = process.process_key
    GROUP BY port.name_key, port.transport_type_key, port.host_key, port.port
  )
)) AS exposed
LEFT JOIN label AS name ON name.label_key = (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 0)
LEFT JOIN label AS transport_type ON transport_type.label_key = (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 1)
LEFT JOIN label AS host ON host.label_key = (SELECT part.value FROM json_each(exposed.value) AS part WHERE part.key = 2);
CREATE INDEX reject_by_document ON reject (document_sha256) WHERE document_sha256 IS NOT NULL;
CREATE VIEW egress_curve AS
SELECT
  process_key, app_key, deployment_key, region_key, from_ms, to_ms, started_at_ms, starting_at_ms,
  terminated_at_ms, first_seen_ms, last_seen_ms, first_reading_ms, last_reading_ms, egress_bytes,
  coalesce(started_at_ms, starting_at_ms, last_seen_ms) AS longest_from_ms,
  below, plain,
  nullif(known.zero_ms, terminated_at_ms) AS zero_ms,  -- its counter was 0 here; NULL: unknown start
  CASE
    WHEN zero_ms IS NULL OR zero_ms = terminated_at_ms THEN NULL
    WHEN started_at_ms IS NULL OR starting_at_ms < started_at_ms THEN starting_at_ms
    ELSE started_at_ms
  END AS nothing_until_ms,  -- with a zero_ms: up to here surely nothing had left
  CASE WHEN zero_ms > terminated_at_ms THEN NULL ELSE terminated_at_ms END AS end_ms,
  CASE WHEN egress_bytes = 2147483647 AND top_ms < last_reading_ms THEN 1 ELSE 0 END AS clamped32,
  CASE
    WHEN last_reading_ms IS NULL THEN 0
    WHEN last_reading_ms >= terminated_at_ms AND below = 0
      AND (egress_bytes <> 2147483647 OR top_ms = last_reading_ms) THEN 0
    ELSE 1
  END AS is_open_ended  -- nothing bounds what was sent after the last reading
FROM (
  SELECT
    process.process_key AS process_key,
    meter.app_key AS app_key,
    meter.deployment_key AS deployment_key,
    meter.region_key AS region_key,
    meter.from_ms AS from_ms,
    meter.to_ms AS to_ms,
    process.started_at_ms AS started_at_ms,
    process.starting_at_ms AS starting_at_ms,
    process.terminated_at_ms AS terminated_at_ms,
    process.first_seen_ms AS first_seen_ms,
    process.last_seen_ms AS last_seen_ms,
    meter.first_reading_ms AS first_reading_ms,
    meter.last_reading_ms AS last_reading_ms,
    meter.egress_bytes AS egress_bytes,
    meter.top_ms AS top_ms,
    meter.below AS below,
    meter.plain AS plain,
    CASE
      WHEN process.started_at_ms < meter.first_reading_ms THEN process.started_at_ms
      WHEN process.starting_at_ms < meter.first_reading_ms THEN process.starting_at_ms
    END AS zero_ms
  FROM process
  JOIN process_meter AS meter ON meter.process_key = process.process_key
) AS known
;
CREATE VIEW port_latest AS
SELECT
  process.process_id AS process_id,
  name.label AS name,
  transport_type.label AS transport_type,
  host.label AS host,
  port.port AS port,
  CASE WHEN port.position = 0 THEN 1 ELSE 0 END AS is_main,
  (
    SELECT min(said.observed_at_ms - same_attribute.first_seen_before_ms)
    FROM port AS same
    JOIN process_attribute AS same_attribute
      ON same_attribute.process_key = same.process_key
      AND same_attribute.port_set_no = same.port_set_no
    JOIN snapshot AS said ON said.snapshot_seq = same_attribute.snapshot_seq
    WHERE same.process_key = port.process_key
      AND (same.name_key = port.name_key OR (same.name_key IS NULL AND port.name_key IS NULL))
      AND (same.transport_type_key = port.transport_type_key OR (same.transport_type_key IS NULL AND port.transport_type_key IS NULL))
      AND (same.host_key = port.host_key OR (same.host_key IS NULL AND port.host_key IS NULL))
      AND (same.port = port.port OR (same.port IS NULL AND port.port IS NULL))
  ) AS first_seen_ms,
  (
    SELECT max(same_attribute.last_seen_ms)
    FROM port AS same
    JOIN process_attribute AS same_attribute
      ON same_attribute.process_key = same.process_key
      AND same_attribute.port_set_no = same.port_set_no
    WHERE same.process_key = port.process_key
      AND (same.name_key = port.name_key OR (same.name_key IS NULL AND port.name_key IS NULL))
      AND (same.transport_type_key = port.transport_type_key OR (same.transport_type_key IS NULL AND port.transport_type_key IS NULL))
      AND (same.host_key = port.host_key OR (same.host_key IS NULL AND port.host_key IS NULL))
      AND (same.port = port.port OR (same.port IS NULL AND port.port IS NULL))
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
CREATE INDEX process_gone_ahead ON process (process_key)
WHERE gone_ms IS NOT NULL AND started_at_ms > last_seen_ms;
CREATE INDEX process_meter_by_time ON process_meter (extent, from_ms);
CREATE INDEX process_meter_by_tail ON process_meter (tail_ms) WHERE tail_ms IS NOT NULL;
CREATE INDEX process_meter_irregular ON process_meter (process_key) WHERE irregular = 1;
CREATE INDEX process_meter_unended ON process_meter (app_key, region_key, unended_ms)
WHERE unended_ms IS NOT NULL;
CREATE VIEW billable_span AS
SELECT
  process_key,
  CASE
    WHEN stopping_at_ms IS NOT NULL THEN 'complete'
    WHEN terminated_at_ms IS NOT NULL THEN 'no_stop_order'
    WHEN started_at_ms IS NOT NULL THEN 'unended'
    ELSE 'starting'
  END AS rule,
  CASE
    WHEN started_at_ms <= coalesce(stopping_at_ms, terminated_at_ms) THEN started_at_ms
    WHEN coalesce(stopping_at_ms, terminated_at_ms) IS NOT NULL THEN NULL
    ELSE coalesce(started_at_ms, last_seen_ms)
  END AS start_ms,
  coalesce(stopping_at_ms, terminated_at_ms) AS end_ms,
  CASE
    WHEN stopping_at_ms IS NOT NULL THEN stopping_at_ms
    WHEN terminated_at_ms IS NULL THEN last_seen_ms
    ELSE (
      SELECT
        CASE
          WHEN coalesce(max(unended.last_seen_ms), process.started_at_ms)
            > process.terminated_at_ms THEN process.terminated_at_ms
          ELSE coalesce(max(unended.last_seen_ms), process.started_at_ms)
        END
      FROM process_attribute AS unended
      WHERE unended.process_key = process.process_key AND unended.terminated_at_ms IS NULL
    )
  END AS end_lo_ms,
  last_seen_ms,
  gone_ms  -- of an unended one: a list proves that it had stopped by then
FROM process
WHERE last_seen_ms IS NOT NULL
;
CREATE VIEW process_egress AS
SELECT
  process.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  curve.egress_bytes AS egress_bytes,
  CASE
    WHEN curve.zero_ms IS NULL AND known.from_ms > meter.rise_ms
      -- nobody knows when the bytes of the first reading left
      THEN curve.egress_bytes - (
        SELECT max(reading.bytes)
        FROM egress_reading AS reading
        WHERE reading.process_key = curve.process_key
          AND reading.at_ms = (
            SELECT min(earliest.at_ms)
            FROM egress_reading AS earliest
            WHERE earliest.process_key = curve.process_key
          )
      )
    ELSE curve.egress_bytes
  END AS egress_bytes_lo,
  curve.egress_bytes AS egress_bytes_hi,
  CASE
    WHEN curve.is_open_ended = 1
      AND curve.last_reading_ms < known.as_of_ms
      AND (curve.terminated_at_ms IS NULL OR curve.terminated_at_ms > known.from_ms) THEN 1
    ELSE 0
  END AS is_open
FROM process
JOIN egress_curve AS curve ON curve.process_key = process.process_key
JOIN process_meter AS meter ON meter.process_key = process.process_key
CROSS JOIN (
  SELECT
    (SELECT max(earliest_ms) - 1 FROM store_span) AS from_ms,
    (SELECT max(observed_at_ms) FROM snapshot) AS as_of_ms
) AS known
LEFT JOIN label AS app ON app.label_key = curve.app_key
LEFT JOIN label AS deployment ON deployment.label_key = curve.deployment_key
LEFT JOIN label AS region ON region.label_key = curve.region_key
;
CREATE VIEW poll AS
SELECT
  app.label AS app_id,
  region.label AS region,
  polled.observed_at_ms AS observed_at_ms,
  max(polled.capped) AS capped
FROM (
  SELECT
    place.app_key AS app_key,
    place.region_key AS region_key,
    snapshot.observed_at_ms AS observed_at_ms,
    snapshot.capped AS capped
  FROM sighting
  JOIN snapshot ON snapshot.snapshot_seq = sighting.snapshot_seq
  JOIN place
    ON place.place_no / 63 = sighting.block
    AND (sighting.places >> CAST(place.place_no % 63 AS INTEGER)) % 2 = 1
  UNION ALL
  SELECT
    app_key,
    region_key,
    observed_at_ms,
    CASE WHEN started_floor_ms IS NULL THEN 0 ELSE 1 END AS capped
  FROM list_scope
  WHERE region_key <> 0
  UNION ALL
  SELECT
    place.app_key AS app_key,
    place.region_key AS region_key,
    every_region.observed_at_ms AS observed_at_ms,
    CASE WHEN every_region.started_floor_ms IS NULL THEN 0 ELSE 1 END AS capped
  FROM list_scope AS every_region
  JOIN place ON place.app_key = every_region.app_key
  WHERE every_region.region_key = 0
) AS polled
LEFT JOIN label AS app ON app.label_key = polled.app_key
LEFT JOIN label AS region ON region.label_key = polled.region_key
GROUP BY polled.app_key, polled.region_key, polled.observed_at_ms, app.label, region.label;
CREATE INDEX process_room_unplaced ON process_room (room_key, process_key) WHERE is_unplaced = 1;
CREATE INDEX room_allocation_unlisted ON room_allocation (process_key) WHERE is_unlisted = 1;
CREATE VIEW room_on_process AS
SELECT
  room.room_id AS room_id,
  process.process_id AS process_id,
  CASE typeof(allocation.room_allocation_id)
    WHEN 'blob' THEN lower(
      substr(hex(allocation.room_allocation_id), 1, 8) || '-'
      || substr(hex(allocation.room_allocation_id), 9, 4) || '-'
      || substr(hex(allocation.room_allocation_id), 13, 4) || '-'
      || substr(hex(allocation.room_allocation_id), 17, 4) || '-'
      || substr(hex(allocation.room_allocation_id), 21)
    )
    ELSE allocation.room_allocation_id
  END AS room_allocation_id,
  allocation.scheduled_at_ms AS scheduled_at_ms,
  allocation.unscheduled_at_ms AS unscheduled_at_ms,
  (SELECT part.value FROM json_each(stay.value) AS part WHERE part.key = 1) AS first_seen_ms,
  (SELECT part.value FROM json_each(stay.value) AS part WHERE part.key = 2) AS last_seen_ms
FROM room
JOIN json_each((
  SELECT
    '[' || group_concat('[' || allocation_no || ',' || first_seen_ms || ',' || last_seen_ms || ']')
    || ']'
  FROM (
    SELECT
      said.allocation_no AS allocation_no,
      min(said.first_seen_ms) OVER one AS first_seen_ms,
      said.last_seen_ms AS last_seen_ms,
      row_number() OVER (
        one ORDER BY said.last_seen_ms DESC, said.last_snapshot_seq DESC, said.allocation_no DESC
      ) AS place
    FROM (
      SELECT
        fact.allocation_no AS allocation_no,
        first.observed_at_ms AS first_seen_ms,
        last.observed_at_ms AS last_seen_ms,
        fact.last_snapshot_seq AS last_snapshot_seq
      FROM room_fact AS fact
      JOIN snapshot AS first ON first.snapshot_seq = fact.first_snapshot_seq
      JOIN snapshot AS last ON last.snapshot_seq = fact.last_snapshot_seq
      WHERE fact.room_key = room.room_key
      UNION ALL
      SELECT
        listed.allocation_no, snapshot.observed_at_ms, snapshot.observed_at_ms,
        listed.snapshot_seq
      FROM room_observation_allocation AS listed
      JOIN snapshot ON snapshot.snapshot_seq = listed.snapshot_seq
      WHERE listed.room_key = room.room_key
    ) AS said
    JOIN room_allocation AS named
      ON named.room_key = room.room_key AND named.allocation_no = said.allocation_no
    WINDOW one AS (PARTITION BY named.room_allocation_id, named.process_key)
  )
  WHERE place = 1
)) AS stay
JOIN room_allocation AS allocation
  ON allocation.room_key = room.room_key
  AND allocation.allocation_no = (SELECT part.value FROM json_each(stay.value) AS part WHERE part.key = 0)
LEFT JOIN process
  ON process.process_key = allocation.process_key
  AND room.room_key IN (
    SELECT listed.room_key
    FROM process_room AS listed
    WHERE listed.process_key = process.process_key
    UNION ALL
    SELECT somewhere.room_key
    FROM room_allocation AS somewhere
    WHERE somewhere.process_key = process.process_key AND somewhere.is_unlisted = 1
  )
WHERE likelihood(room.room_id <> '', 0.0001)
UNION ALL
SELECT
  room.room_id AS room_id,
  process.process_id AS process_id,
  NULL AS room_allocation_id,
  NULL AS scheduled_at_ms,
  NULL AS unscheduled_at_ms,
  (SELECT part.value FROM json_each(stay.value) AS part WHERE part.key = 1) AS first_seen_ms,
  (SELECT part.value FROM json_each(stay.value) AS part WHERE part.key = 2) AS last_seen_ms
FROM process
JOIN json_each((
  SELECT
    '[' || group_concat('[' || room_key || ',' || first_seen_ms || ',' || last_seen_ms || ']')
    || ']'
  FROM (
    SELECT
      listed.room_key AS room_key,
      min(told.first_seen_ms) AS first_seen_ms,
      max(told.last_seen_ms) AS last_seen_ms
    FROM (
      SELECT
        activity.room_set_no AS room_set_no,
        min(snapshot.observed_at_ms) AS first_seen_ms,
        max(snapshot.observed_at_ms) AS last_seen_ms
      FROM observation
      JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
      JOIN process_activity AS activity
        ON activity.process_key = observation.process_key
        AND activity.activity_no = observation.activity_no
      WHERE observation.process_key = process.process_key AND activity.room_set_no > 0
      GROUP BY activity.room_set_no
    ) AS told
    CROSS JOIN process_room AS listed
      ON listed.process_key = process.process_key AND listed.room_set_no = told.room_set_no
    WHERE listed.is_unplaced = 1
    GROUP BY listed.room_key
  )
)) AS stay
JOIN room ON room.room_key = (SELECT part.value FROM json_each(stay.value) AS part WHERE part.key = 0)
WHERE likelihood(process.process_id <> '', 0.0001)
  AND process.process_key IN (
    SELECT somewhere.process_key
    FROM process_room AS somewhere
    WHERE somewhere.room_key = room.room_key AND somewhere.is_unplaced = 1
  )
  AND EXISTS (
    SELECT 1
    FROM process_room AS listed
    WHERE listed.process_key = process.process_key AND listed.is_unplaced = 1
  );
CREATE VIEW room_config_text AS
SELECT
  config.room_config_key AS room_config_key,
  CASE WHEN config.form_key IS NULL THEN config.part_1 ELSE format(
    form.form,
    CASE typeof(config.part_1)
      WHEN 'blob' THEN lower(
        substr(hex(config.part_1), 1, 8) || '-' || substr(hex(config.part_1), 9, 4) || '-'
        || substr(hex(config.part_1), 13, 4) || '-' || substr(hex(config.part_1), 17, 4) || '-'
        || substr(hex(config.part_1), 21)
      )
      ELSE config.part_1
    END,
    CASE typeof(config.part_2)
      WHEN 'blob' THEN lower(
        substr(hex(config.part_2), 1, 8) || '-' || substr(hex(config.part_2), 9, 4) || '-'
        || substr(hex(config.part_2), 13, 4) || '-' || substr(hex(config.part_2), 17, 4) || '-'
        || substr(hex(config.part_2), 21)
      )
      ELSE config.part_2
    END,
    CASE typeof(config.part_3)
      WHEN 'blob' THEN lower(
        substr(hex(config.part_3), 1, 8) || '-' || substr(hex(config.part_3), 9, 4) || '-'
        || substr(hex(config.part_3), 13, 4) || '-' || substr(hex(config.part_3), 17, 4) || '-'
        || substr(hex(config.part_3), 21)
      )
      ELSE config.part_3
    END,
    CASE typeof(config.part_4)
      WHEN 'blob' THEN lower(
        substr(hex(config.part_4), 1, 8) || '-' || substr(hex(config.part_4), 9, 4) || '-'
        || substr(hex(config.part_4), 13, 4) || '-' || substr(hex(config.part_4), 17, 4) || '-'
        || substr(hex(config.part_4), 21)
      )
      ELSE config.part_4
    END
  ) END AS room_config
FROM room_config AS config
LEFT JOIN room_config_form AS form ON form.form_key = config.form_key;
CREATE VIEW room_latest AS
SELECT
  room.room_id AS room_id,
  app.label AS app_id,
  status.label AS status,
  (
    SELECT said.room_config
    FROM room_config_text AS said
    WHERE said.room_config_key = fact.room_config_key
  ) AS room_config,
  (
    SELECT min(first.observed_at_ms)
    FROM room_fact AS earliest
    JOIN snapshot AS first ON first.snapshot_seq = earliest.first_snapshot_seq
    WHERE earliest.room_key = room.room_key
  ) AS first_seen_ms,
  last.observed_at_ms AS last_seen_ms
FROM room
JOIN room_fact AS fact
  ON fact.room_key = room.room_key
  AND fact.room_fact_no = (
    SELECT latest.room_fact_no
    FROM room_fact AS latest
    JOIN snapshot ON snapshot.snapshot_seq = latest.last_snapshot_seq
    WHERE latest.room_key = room.room_key
    ORDER BY
      snapshot.observed_at_ms DESC, latest.last_snapshot_seq DESC, latest.room_fact_no DESC
    LIMIT 1
  )
JOIN snapshot AS last ON last.snapshot_seq = fact.last_snapshot_seq
LEFT JOIN label AS app ON app.label_key = fact.app_key
LEFT JOIN label AS status ON status.label_key = fact.status_key;
CREATE INDEX money_document_by_name ON money_document (kind, name);
CREATE INDEX process_by_first_seen ON process (first_seen_ms);
CREATE INDEX process_meter_by_region ON process_meter (region_key);
CREATE INDEX room_fact_again ON room_fact (room_key) WHERE room_fact_no > 0;
CREATE INDEX room_allocation_again ON room_allocation (room_key) WHERE allocation_no > 0;
CREATE VIEW observation_view AS
SELECT
  process.process_id AS process_id,
  snapshot.observed_at_ms AS observed_at_ms,
  observation.egressed_bytes AS egressed_bytes,
  observation.snapshot_seq AS snapshot_seq
FROM observation
JOIN process ON process.process_key = observation.process_key
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN process_meter AS meter
  ON meter.process_key = observation.process_key
  AND meter.from_ms <= snapshot.observed_at_ms
JOIN (
  VALUES
    (0, 65536), (1, 131072), (2, 262144), (3, 524288), (4, 1048576), (5, 2097152), (6, 4194304),
    (7, 8388608), (8, 16777216), (9, 33554432), (10, 67108864), (11, 134217728), (12,
    268435456), (13, 536870912), (14, 1073741824), (15, 2147483648), (16, 4294967296), (17,
    8589934592), (18, 17179869184), (19, 34359738368), (20, 68719476736), (21, 137438953472),
    (22, 274877906944), (23, 549755813888), (24, 1099511627776), (25, 2199023255552), (26,
    4398046511104), (27, 8796093022208), (28, 17592186044416), (29, 35184372088832), (30,
    70368744177664), (31, 140737488355328), (32, 281474976710656), (33, 562949953421312), (34,
    1125899906842624), (35, 2251799813685248), (36, 4503599627370496), (37, 9007199254740992),
    (38, 18014398509481984), (39, 36028797018963968), (40, 72057594037927936)
) AS extent
  ON extent.column1 = +meter.extent
  AND meter.extent = extent.column1 + snapshot.observed_at_ms * 0
  AND meter.from_ms > snapshot.observed_at_ms - extent.column2;
CREATE VIEW process_billing AS
SELECT
  ended.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(deployment.label, '') AS deployment_id,
  coalesce(region.label, '') AS region,
  ended.rule AS rule,  -- complete, inverted, never_started, starting, no_stop_order, gone, ...
  ended.start_ms AS start_ms,
  ended.until_ms AS end_ms,
  ended.until_lo_ms AS end_lo_ms,  -- it had not ended before
  ended.until_hi_ms AS end_hi_ms,  -- it had ended by then
  coalesce(ended.until_ms - ended.start_ms, 0) AS billable_ms,
  coalesce(ended.until_lo_ms - ended.start_ms, 0) AS billable_ms_lo,
  coalesce(ended.until_hi_ms - ended.start_ms, 0) AS billable_ms_hi
FROM (
  SELECT
    process_id, process_key, rule, start_ms,
    CASE
      WHEN end_ms > as_of_ms AND as_of_ms < start_ms THEN start_ms
      WHEN end_ms > as_of_ms THEN as_of_ms
      WHEN end_ms < start_ms THEN start_ms
      ELSE end_ms
    END AS until_ms,
    CASE
      WHEN end_lo_ms > as_of_ms AND as_of_ms < start_ms THEN start_ms
      WHEN end_lo_ms > as_of_ms THEN as_of_ms
      WHEN end_lo_ms < start_ms THEN start_ms
      ELSE end_lo_ms
    END AS until_lo_ms,
    CASE
      WHEN end_hi_ms > as_of_ms AND as_of_ms < start_ms THEN start_ms
      WHEN end_hi_ms > as_of_ms THEN as_of_ms
      WHEN end_hi_ms < start_ms THEN start_ms
      ELSE end_hi_ms
    END AS until_hi_ms
  FROM (
    SELECT
      known.process_id AS process_id,
      known.process_key AS process_key,
      known.as_of_ms AS as_of_ms,
      CASE
        WHEN known.rule = 'unended' AND known.gone_by_ms IS NOT NULL THEN 'gone'
        WHEN known.rule = 'unended' AND known.as_of_ms - known.last_seen_ms <= 900000
          THEN 'running'
        WHEN known.rule = 'unended' THEN 'orphan'
        WHEN known.start_ms IS NOT NULL THEN known.rule
        WHEN known.started_at_ms IS NULL THEN 'never_started'
        ELSE 'inverted'
      END AS rule,
      known.start_ms AS start_ms,
      CASE
        WHEN known.start_ms IS NULL THEN NULL
        WHEN known.end_ms IS NOT NULL THEN known.end_ms
        WHEN known.rule = 'starting' THEN known.last_seen_ms
        WHEN (known.gone_by_ms - known.last_seen_ms) / 2 > 900000 THEN known.last_seen_ms + 900000
        WHEN known.gone_by_ms IS NOT NULL
          THEN known.last_seen_ms + (known.gone_by_ms - known.last_seen_ms) / 2
        WHEN known.as_of_ms - known.last_seen_ms <= 900000 THEN known.as_of_ms
        ELSE known.last_seen_ms
      END AS end_ms,
      CASE WHEN known.start_ms IS NOT NULL THEN known.end_lo_ms END AS end_lo_ms,
      CASE
        WHEN known.start_ms IS NULL THEN NULL
        WHEN known.end_ms IS NOT NULL THEN known.end_ms
        WHEN known.gone_by_ms IS NOT NULL THEN known.gone_by_ms
        WHEN known.rule <> 'starting' AND known.as_of_ms - known.last_seen_ms <= 900000
          THEN known.as_of_ms
        WHEN known.start_ms + 259200000 > known.last_seen_ms THEN known.start_ms + 259200000
        ELSE known.last_seen_ms
      END AS end_hi_ms
    FROM (
      SELECT
        process.process_id AS process_id,
        process.process_key AS process_key,
        process.started_at_ms AS started_at_ms,
        latest.as_of_ms AS as_of_ms,
        span.rule AS rule,
        span.start_ms AS start_ms,
        span.end_ms AS end_ms,
        span.end_lo_ms AS end_lo_ms,
        span.last_seen_ms AS last_seen_ms,
        CASE
          WHEN span.gone_ms <= span.start_ms + 259200000 THEN span.gone_ms
          WHEN span.gone_ms IS NULL THEN NULL
          WHEN span.start_ms + 259200000 > span.last_seen_ms THEN span.start_ms + 259200000
          ELSE span.last_seen_ms
        END AS gone_by_ms
      FROM process
      JOIN billable_span AS span ON span.process_key = process.process_key
      CROSS JOIN (SELECT max(observed_at_ms) AS as_of_ms FROM snapshot) AS latest
    ) AS known
  ) AS open_ended
) AS ended
JOIN process_meter AS meter ON meter.process_key = ended.process_key
LEFT JOIN label AS app ON app.label_key = meter.app_key
LEFT JOIN label AS deployment ON deployment.label_key = meter.deployment_key
LEFT JOIN label AS region ON region.label_key = meter.region_key
;
CREATE VIEW process_latest AS
SELECT
  process.process_id AS process_id,
  (SELECT label FROM label WHERE label_key = meter.app_key) AS app_id,
  (SELECT label FROM label WHERE label_key = meter.deployment_key) AS deployment_id,
  region.label AS region,
  CASE
    WHEN attribute.status_key IS NOT NULL
      THEN (SELECT label FROM label WHERE label_key = attribute.status_key)
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
  (
    SELECT observation.egressed_bytes
    FROM observation
    WHERE observation.process_key = process.process_key
      AND observation.snapshot_seq = process.latest_snapshot_seq
      AND observation.restated_attribute_no
        = process.latest_restatement * 4294967296 + process.latest_attribute_no
  ) AS egressed_bytes,
  attribute.draining AS draining,
  attribute.rooms_per_process AS rooms_per_process,
  (
    SELECT activity.rooms_allocated
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS rooms_allocated,
  (
    SELECT activity.rooms_allocated_updated_at_ms
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS rooms_allocated_updated_at_ms,
  (
    SELECT activity.total_rooms
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS total_rooms,
  (
    SELECT
      activity.idle_since_after_ms + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS idle_since_ms,
  (
    SELECT activity.active_connections
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS active_connections,
  (
    SELECT
      activity.active_connections_updated_after_ms
      + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS active_connections_updated_at_ms,
  (
    SELECT activity.room_slots_available
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS room_slots_available,
  (
    SELECT
      activity.room_slots_available_updated_after_ms
      + coalesce(activity.rooms_allocated_updated_at_ms, 0)
    FROM process_activity AS activity
    WHERE activity.process_key = process.process_key
      AND activity.activity_no = process.latest_activity_no
  ) AS room_slots_available_updated_at_ms,
  (SELECT label FROM label WHERE label_key = attribute.host_key) AS host,
  attribute.legacy_port AS port,
  (SELECT label FROM label WHERE label_key = attribute.hosting_key) AS hosting,
  (SELECT label FROM label WHERE label_key = attribute.fleet_key) AS fleet_id,
  (SELECT label FROM label WHERE label_key = attribute.summary_exit_reason_key)
    AS summary_exit_reason,
  process.first_seen_ms AS first_seen_ms,
  process.last_seen_ms AS last_seen_ms
FROM process
JOIN process_meter AS meter ON meter.process_key = process.process_key
LEFT JOIN process_attribute AS attribute
  ON attribute.process_key = process.process_key
  AND attribute.attribute_no = process.latest_attribute_no
LEFT JOIN label AS region ON region.label_key = meter.region_key;
CREATE INDEX process_by_touch ON process (touched_seq);
CREATE INDEX process_by_gone ON process (gone_ms) WHERE gone_ms IS NOT NULL;
COMMIT;
