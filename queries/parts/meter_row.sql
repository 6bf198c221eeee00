-- meter_row: the columns of process_meter and the parameters that fill them.
-- needs: nothing

(
  process_key,
  app_key,
  deployment_key,
  region_key,
  extent,
  from_ms,
  to_ms,
  tail_ms,
  irregular,
  first_reading_ms,
  rise_ms,
  top_ms,
  last_reading_ms,
  egress_bytes,
  below,
  plain,
  unended_ms
)
VALUES (
  :process_key,
  :app_key,
  :deployment_key,
  :region_key,
  :extent,
  :from_ms,
  :to_ms,
  :tail_ms,
  :irregular,
  :first_reading_ms,
  :rise_ms,
  :top_ms,
  :last_reading_ms,
  :egress_bytes,
  :below,
  :plain,
  :unended_ms
)
