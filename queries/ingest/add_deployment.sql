-- add_deployment: what a document says of one deployment.
--
-- in   :document_seq  INTEGER
-- in   :position  INTEGER
-- in   :app_id  TEXT
-- in   :deployment_id  TEXT
-- in   :requested_cpu  TEXT?
-- in   :requested_memory_mb  TEXT?
-- in   :rooms_per_process  INTEGER?
-- in   :plan  TEXT?
-- in   :created_at_ms  INTEGER?
INSERT INTO deployment (
  document_seq, position, app_id, deployment_id, requested_cpu, requested_memory_mb,
  rooms_per_process, plan, created_at_ms
)
VALUES (
  :document_seq, :position, :app_id, :deployment_id, :requested_cpu, :requested_memory_mb,
  :rooms_per_process, :plan, :created_at_ms
);
