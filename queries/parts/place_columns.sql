-- place_columns: three columns, the app, deployment and region of a row by name, '' when unknown.
-- needs: app, deployment, region

coalesce(app.label, '') AS app_id,
coalesce(deployment.label, '') AS deployment_id,
coalesce(region.label, '') AS region
