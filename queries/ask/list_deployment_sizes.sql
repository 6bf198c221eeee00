-- list_deployment_sizes: every size that some document gave to a deployment.
--
-- out  app_id  TEXT
-- out  deployment_id  TEXT
-- out  requested_cpu  TEXT  a decimal
-- rows by app and deployment, the newest first
SELECT app_id, deployment_id, requested_cpu
FROM deployment
WHERE requested_cpu IS NOT NULL
ORDER BY app_id, deployment_id, document_seq DESC, position DESC;
