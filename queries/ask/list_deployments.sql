-- list_deployments: every deployment as the last document that names it says.
--
-- out  app_id  TEXT
-- out  deployment_id  TEXT
-- out  requested_cpu  TEXT?  a decimal
-- out  requested_memory_mb  TEXT?  a decimal
-- out  rooms_per_process  INTEGER?
-- out  plan  TEXT?
-- out  created_at_ms  INTEGER?
-- rows by app and deployment
SELECT
  app_id,
  deployment_id,
  requested_cpu,
  requested_memory_mb,
  rooms_per_process,
  plan,
  created_at_ms
FROM deployment_latest
ORDER BY app_id, deployment_id;
