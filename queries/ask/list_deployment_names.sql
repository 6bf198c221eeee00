-- list_deployment_names: the deployments that processes were seen of.
--
-- out  deployment_id  TEXT
-- rows one per deployment, by name
--
-- For completions, which must be quick: it reads the sums of eras of 64 days.
SELECT label.label AS deployment_id
FROM label
WHERE label.label_key IN (SELECT rollup.deployment_key FROM rollup WHERE rollup.level = 2)
ORDER BY deployment_id;
