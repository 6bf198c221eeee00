-- Makes of a database a coordinator: in its schema fleetmeter stand the contract tables of several
-- databases that `fleetmeter push` fills, as if they were one. Needs postgres_fdw, and for each
-- shard a foreign server shard_0, shard_1 ... with a user mapping (docs/scale.md shows that).
--
--   psql -v shards=2 -d coordinator -f coordinator.sql
--
-- A shard that cannot be reached is an error of every question, because each reads all of them. So
-- is one that is behind the others: `whole` has one row when the shards are those of one push, and
-- raises an error when they are not.
--
-- All of it is one transaction: what was there stays when something fails. A database into which
-- somebody pushed is no coordinator, and is refused.
\set ON_ERROR_STOP on
BEGIN;
SELECT set_config('fleetmeter.shards', :'shards', true);
DO $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM pg_class WHERE oid = to_regclass('fleetmeter.process') AND relkind <> 'v'
  ) THEN
    RAISE EXCEPTION 'fleetmeter.process is a table here: this database was pushed into'
      USING HINT = 'Name another database; DROP SCHEMA fleetmeter CASCADE removes what was pushed.';
  END IF;
END
$$;
DROP SCHEMA IF EXISTS fleetmeter CASCADE;
CREATE SCHEMA fleetmeter;
DO $$
DECLARE
  shards integer := current_setting('fleetmeter.shards')::integer;
  facts text;
  part text;
BEGIN
  FOR shard IN 0 .. shards - 1 LOOP
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS fleetmeter_%s', shard);
    EXECUTE format(
      'DROP FOREIGN TABLE IF EXISTS fleetmeter_%1$s.process, fleetmeter_%1$s.process_hour, '
      'fleetmeter_%1$s.room_stay, fleetmeter_%1$s.poll, fleetmeter_%1$s.snapshot, '
      'fleetmeter_%1$s.meta, fleetmeter_%1$s.shard CASCADE', shard);
    EXECUTE format(
      'IMPORT FOREIGN SCHEMA fleetmeter FROM SERVER shard_%1$s INTO fleetmeter_%1$s', shard);
  END LOOP;

  SELECT string_agg(format(
    'SELECT shard.shard, shard.shards, meta.* '
    'FROM fleetmeter_%1$s.meta AS meta CROSS JOIN fleetmeter_%1$s.shard AS shard', n), ' UNION ALL ')
  INTO part FROM generate_series(0, shards - 1) AS n;
  EXECUTE 'CREATE VIEW fleetmeter.shard_meta AS ' || part;

  EXECUTE format($view$
    CREATE VIEW fleetmeter.whole AS
    SELECT CASE
      WHEN count(*) = %1$s AND count(DISTINCT shard) = %1$s
        AND min(shards) = %1$s AND max(shards) = %1$s
        AND min(contract_version) = max(contract_version)
        AND min(history_sha256) = max(history_sha256)
        AND min(watermark_seq) = max(watermark_seq) AND min(as_of_ms) = max(as_of_ms)
        AND min(grain_ms) = max(grain_ms) AND min(grace_ms) = max(grace_ms)
        AND min(max_lifespan_ms) = max(max_lifespan_ms) AND min(absence) = max(absence)
      THEN 1
      ELSE CAST('the shards are not of one push: ' || count(*) || ' of %1$s' AS integer)
    END AS is_whole
    FROM fleetmeter.shard_meta
  $view$, shards);

  FOREACH facts IN ARRAY ARRAY['process', 'process_hour', 'room_stay', 'poll', 'snapshot'] LOOP
    SELECT string_agg(format('SELECT * FROM fleetmeter_%s.%I', n, facts), ' UNION ALL ')
    INTO part FROM generate_series(0, shards - 1) AS n;
    EXECUTE format(
      'CREATE VIEW fleetmeter.%I AS SELECT fact.* FROM (%s) AS fact '
      'WHERE (SELECT is_whole FROM fleetmeter.whole) = 1', facts, part);
  END LOOP;
END
$$;

-- Counts and totals of all shards are their sums; all else is the same in each.
CREATE VIEW fleetmeter.meta AS
SELECT
  min(contract_version) AS contract_version,
  min(program_version) AS program_version,
  min(watermark_seq) AS watermark_seq,
  min(history_sha256) AS history_sha256,
  min(as_of_ms) AS as_of_ms,
  min(grain_ms) AS grain_ms,
  min(grace_ms) AS grace_ms,
  min(max_lifespan_ms) AS max_lifespan_ms,
  min(absence) AS absence,
  sum(processes) AS processes,
  sum(hours) AS hours,
  sum(stays) AS stays,
  sum(polls) AS polls,
  sum(snapshots) AS snapshots,
  sum(billable_ms) AS billable_ms,
  sum(billable_ms_lo) AS billable_ms_lo,
  sum(billable_ms_hi) AS billable_ms_hi,
  sum(egress_bytes) AS egress_bytes,
  sum(egress_bytes_lo) AS egress_bytes_lo,
  sum(egress_bytes_hi) AS egress_bytes_hi
FROM fleetmeter.shard_meta
WHERE (SELECT is_whole FROM fleetmeter.whole) = 1;
COMMIT;
