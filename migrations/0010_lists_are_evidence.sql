-- 0010: running lists are evidence. Which apps and regions each speaks for, and from when on, is a
-- row for each; and a process knows the first list that ought to hold it and does not.
ALTER TABLE snapshot ADD COLUMN list_app_key INTEGER REFERENCES label (label_key);
ALTER TABLE snapshot ADD COLUMN list_region_key INTEGER REFERENCES label (label_key);
ALTER TABLE snapshot ADD COLUMN list_proof TEXT;
ALTER TABLE snapshot ADD COLUMN list_is_given INTEGER NOT NULL DEFAULT 0;
ALTER TABLE process ADD COLUMN gone_ms INTEGER;
CREATE INDEX process_gone_ahead ON process (process_key)
WHERE gone_ms IS NOT NULL AND started_at_ms > last_seen_ms;

-- What has not started may run no longer than its longest life: rollups that hold such a process
-- without an end are made anew by the program, which does so when it finds none.
CREATE TEMP TABLE moved AS SELECT * FROM process_meter;
DELETE FROM rollup WHERE EXISTS (SELECT 1 FROM moved WHERE endless = 1);
DELETE FROM egress_gap WHERE EXISTS (SELECT 1 FROM moved WHERE endless = 1);
DROP TABLE process_meter;

-- One row is what the rollups know of one observed process: where in time everything that it adds to
-- them begins and ends, and how far the curve of its egress has come.
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
CREATE INDEX process_meter_by_time ON process_meter (extent, from_ms);
CREATE INDEX process_meter_by_tail ON process_meter (tail_ms) WHERE tail_ms IS NOT NULL;
CREATE INDEX process_meter_irregular ON process_meter (process_key) WHERE irregular = 1;
CREATE INDEX process_meter_unended ON process_meter (app_key, region_key, unended_ms)
WHERE unended_ms IS NOT NULL;

INSERT INTO process_meter
SELECT
  process_key, app_key, deployment_key, region_key, extent, from_ms, to_ms, tail_ms, irregular,
  first_reading_ms, rise_ms, top_ms, last_reading_ms, egress_bytes, below, plain,
  (
    SELECT process.started_at_ms
    FROM process
    WHERE process.process_key = moved.process_key
      AND process.stopping_at_ms IS NULL
      AND process.terminated_at_ms IS NULL
  ) AS unended_ms
FROM moved
WHERE NOT EXISTS (SELECT 1 FROM moved AS one WHERE one.endless = 1);
DROP TABLE moved;

-- One row is an app and a region that a running list spoke for: whoever it speaks for and does not
-- hold had stopped by then. A list that proves nothing has no row. See docs/semantics.md.
CREATE TABLE list_scope (
  app_key           INTEGER NOT NULL REFERENCES label (label_key),
  region_key        INTEGER NOT NULL,  -- 0: all regions of the app
  observed_at_ms    INTEGER NOT NULL,  -- when the list was true
  snapshot_seq      INTEGER NOT NULL REFERENCES snapshot (snapshot_seq),
  started_floor_ms  INTEGER,  -- of a list that was cut, which speaks only for processes that
  starting_floor_ms INTEGER,  -- started after the one and whose startingAt is after the other
  PRIMARY KEY (app_key, region_key, observed_at_ms, snapshot_seq)
) STRICT, WITHOUT ROWID;

-- One row is a process that was seen under more than one pair of an app and a region. What a list
-- must speak for to prove that it is gone is all of them.
CREATE TABLE roaming_process (
  process_key INTEGER PRIMARY KEY REFERENCES process (process_key)
) STRICT;

INSERT INTO roaming_process
SELECT process_key
FROM process_attribute
GROUP BY process_key
HAVING count(DISTINCT coalesce(app_key, 0) || ' ' || coalesce(region_key, 0)) > 1;

DROP VIEW billable_span;
DROP VIEW poll;

-- One row is an observed process and what is known of the begin and end of its billable time,
-- whatever the as-of. One that never started, or started after its end, has no start.
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
WHERE last_seen_ms IS NOT NULL;

-- One row is an observed process and its billable time over its whole life, with lower and upper
-- bound, as the command `billing` says it when nothing but the default is asked for: up to the last
-- observation, a grace of 15 minutes, a longest life of 72 hours, running lists trusted. Sum it over
-- any group. A process that has nothing to bill has NULL for its begin and ends.
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
    process_id, process_key, latest_attribute_no, rule, start_ms,
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
      known.latest_attribute_no AS latest_attribute_no,
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
        process.latest_attribute_no AS latest_attribute_no,
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
JOIN process_attribute AS attribute
  ON attribute.process_key = ended.process_key
  AND attribute.attribute_no = ended.latest_attribute_no
LEFT JOIN label AS app ON app.label_key = attribute.app_key
LEFT JOIN label AS deployment ON deployment.label_key = attribute.deployment_key
LEFT JOIN label AS region ON region.label_key = attribute.region_key;

-- One row is an observed process and the bytes that left it over its whole life, with lower and
-- upper bound, as the command `egress` says it when nothing but the default is asked for. Sum it
-- over any group. Where is_open is 1, nothing bounds what left after the last reading and the upper
-- bound holds only what was seen. A process without any reading has NULL: its egress is unknown.
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
LEFT JOIN label AS region ON region.label_key = curve.region_key;

-- One row is an instant at which an app was polled in a region: one of its processes was seen there,
-- or a running list that speaks for it was saved. Another poll does not say what it asked for: there,
-- a place without processes looks like one that was not polled.
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

PRAGMA user_version = 10;
