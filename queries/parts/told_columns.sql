-- told_columns: what attributes tell of the life of a process.
-- needs: attribute
--
-- told_contract declares them.

attribute.app_key AS app_key,
attribute.deployment_key AS deployment_key,
attribute.region_key AS region_key,
attribute.starting_at_ms AS starting_at_ms,
attribute.started_at_ms AS started_at_ms,
attribute.stopping_at_ms AS stopping_at_ms,
attribute.terminated_at_ms AS terminated_at_ms,
attribute.scheduled_at_ms AS scheduled_at_ms,
attribute.booted_at_ms AS booted_at_ms,
attribute.hosting_key AS hosting_key
