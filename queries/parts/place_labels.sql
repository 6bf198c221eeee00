-- place_labels: three joins, which give the names of the app, deployment and region of a row.
-- needs: owner
--
-- owner is the row that has the keys of the app, deployment and region that it counts for.

LEFT JOIN label AS app ON app.label_key = owner.app_key
LEFT JOIN label AS deployment ON deployment.label_key = owner.deployment_key
LEFT JOIN label AS region ON region.label_key = owner.region_key
