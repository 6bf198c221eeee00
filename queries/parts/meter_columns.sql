-- meter_columns: the columns from which the rollups' sums are made up for one process.
-- needs: meter, process
--
-- meter_contract declares them.

meter.process_key AS process_key,
meter.app_key AS app_key,
meter.deployment_key AS deployment_key,
meter.region_key AS region_key,
-- part: life_columns,
meter.irregular AS irregular,
meter.first_reading_ms AS first_reading_ms,
meter.rise_ms AS rise_ms,
meter.top_ms AS top_ms,
meter.last_reading_ms AS last_reading_ms,
meter.egress_bytes AS egress_bytes,
meter.below AS below,
meter.plain AS plain
