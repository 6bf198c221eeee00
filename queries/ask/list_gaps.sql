-- list_gaps: gaps of one extent that hold the window [from_hour, to_hour).
--
-- in   :extent  INTEGER
-- in   :begins_after  INTEGER  from_hour - 2^extent
-- in   :from_hour  INTEGER  hours since 1970
-- in   :to_hour  INTEGER
-- out  app_key  INTEGER  0 for none
-- out  deployment_key  INTEGER
-- out  region_key  INTEGER
-- out  bytes  INTEGER  0: the curve stands still there
-- rows in the order of the index
SELECT
  meter.app_key AS app_key,
  meter.deployment_key AS deployment_key,
  meter.region_key AS region_key,
  gap.bytes AS bytes
FROM egress_gap AS gap
JOIN process_meter AS meter ON meter.process_key = gap.process_key
WHERE gap.extent = :extent
  AND gap.from_hour > :begins_after
  AND gap.from_hour <= :from_hour
  AND gap.to_hour >= :to_hour
ORDER BY gap.from_hour, gap.process_key, gap.to_hour, gap.bytes;
