-- curve_columns: the columns of egress_curve that tell when a process can have sent something.
-- needs: curve

curve.process_key AS process_key,
curve.app_key AS app_key,
curve.deployment_key AS deployment_key,
curve.region_key AS region_key,
curve.from_ms AS from_ms,
curve.to_ms AS to_ms,
curve.started_at_ms AS started_at_ms,
curve.starting_at_ms AS starting_at_ms,
curve.terminated_at_ms AS terminated_at_ms,
curve.first_seen_ms AS first_seen_ms,
curve.last_seen_ms AS last_seen_ms,
curve.last_reading_ms AS last_reading_ms,
curve.longest_from_ms AS longest_from_ms,
curve.egress_bytes AS egress_bytes,
curve.is_open_ended AS is_open_ended
