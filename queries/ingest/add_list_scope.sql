-- add_list_scope: an app and a region that a running list speaks for.
--
-- in   :app_key  INTEGER
-- in   :region_key  INTEGER  0: all regions of the app
-- in   :observed_at_ms  INTEGER
-- in   :snapshot_seq  INTEGER
-- in   :started_floor_ms  INTEGER?
-- in   :starting_floor_ms  INTEGER?
-- bulk
INSERT INTO list_scope (
  app_key, region_key, observed_at_ms, snapshot_seq, started_floor_ms, starting_floor_ms
)
VALUES (
  :app_key, :region_key, :observed_at_ms, :snapshot_seq, :started_floor_ms, :starting_floor_ms
);
