-- find_deployments_document: whether a list of deployments is there already, and what it says of each
-- is still what was said last.
--
-- in   :sha256  BLOB
-- in   :given  TEXT
-- out  document_seq  INTEGER
-- rows one or none
SELECT max(document.document_seq) AS document_seq
FROM money_document AS document
WHERE document.kind = 'deployments'
  AND document.sha256 = :sha256
  AND document.given = :given
  AND NOT EXISTS (
    SELECT 1
    FROM deployment AS said
    JOIN deployment_latest AS counts
      ON counts.app_id = said.app_id AND counts.deployment_id = said.deployment_id
    WHERE said.document_seq = document.document_seq
      AND counts.document_seq <> said.document_seq
      AND (
        counts.requested_cpu IS NOT said.requested_cpu
        OR counts.requested_memory_mb IS NOT said.requested_memory_mb
        OR counts.rooms_per_process IS NOT said.rooms_per_process
        OR counts.plan IS NOT said.plan
        OR counts.created_at_ms IS NOT said.created_at_ms
      )
  )
HAVING count(*) > 0;
