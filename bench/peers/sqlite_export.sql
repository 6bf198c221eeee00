-- Fills the tables of sqlite_tables.sql from a fleetmeter store attached as `store`: for archives that
-- are too large for the shell's JSON functions, which hold a whole file in memory.
INSERT INTO process
SELECT
  process_id, app_id, deployment_id, region, rooms_per_process,
  starting_at_ms, started_at_ms, stopping_at_ms, terminated_at_ms, last_seen_ms
FROM store.process_latest;

INSERT INTO observation (process_id, observed_at_ms, egressed_bytes)
SELECT process_id, observed_at_ms, egressed_bytes
FROM store.observation_view
WHERE true
ON CONFLICT DO NOTHING;
