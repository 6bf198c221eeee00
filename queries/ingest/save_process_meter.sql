-- save_process_meter: what the rollups know of a process after its history grew.
--
-- in   :process_key  INTEGER
-- in   :app_key  INTEGER
-- in   :deployment_key  INTEGER
-- in   :region_key  INTEGER
-- in   :extent  INTEGER
-- in   :from_ms  INTEGER
-- in   :to_ms  INTEGER
-- in   :tail_ms  INTEGER?
-- in   :irregular  INTEGER
-- in   :first_reading_ms  INTEGER?
-- in   :rise_ms  INTEGER?
-- in   :top_ms  INTEGER?
-- in   :last_reading_ms  INTEGER?
-- in   :egress_bytes  INTEGER?
-- in   :below  INTEGER
-- in   :plain  INTEGER
-- in   :unended_ms  INTEGER?
-- bulk
INSERT OR REPLACE INTO process_meter (
  process_key,
  app_key,
  deployment_key,
  region_key,
  extent,
  from_ms,
  to_ms,
  tail_ms,
  irregular,
  first_reading_ms,
  rise_ms,
  top_ms,
  last_reading_ms,
  egress_bytes,
  below,
  plain,
  unended_ms
)
VALUES (
  :process_key,
  :app_key,
  :deployment_key,
  :region_key,
  :extent,
  :from_ms,
  :to_ms,
  :tail_ms,
  :irregular,
  :first_reading_ms,
  :rise_ms,
  :top_ms,
  :last_reading_ms,
  :egress_bytes,
  :below,
  :plain,
  :unended_ms
);
