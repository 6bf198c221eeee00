-- One row is a deployment as the last document that names it says.
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
