-- list_deployments: every deployment as the last document that names it says.
--
-- in   :known_document_seq  INTEGER  the newest document that counts
-- out  app_id  TEXT
-- out  deployment_id  TEXT
-- out  requested_cpu  TEXT?  a decimal
-- out  requested_memory_mb  TEXT?  a decimal
-- out  rooms_per_process  INTEGER?
-- out  plan  TEXT?
-- out  created_at_ms  INTEGER?
-- rows by app and deployment
--
-- The view deployment_latest says the same of all documents.
SELECT
  app_id,
  deployment_id,
  requested_cpu,
  requested_memory_mb,
  rooms_per_process,
  plan,
  created_at_ms
FROM deployment AS said
WHERE said.document_seq <= :known_document_seq
  AND NOT EXISTS (
    SELECT 1
    FROM deployment AS later
    WHERE later.app_id = said.app_id
      AND later.deployment_id = said.deployment_id
      AND later.document_seq <= :known_document_seq
      AND (later.document_seq, later.position) > (said.document_seq, said.position)
  )
ORDER BY app_id, deployment_id;
