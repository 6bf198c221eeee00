-- list_rates: the tiers of the rates of one version of a rate card.
--
-- in   :document_seq  INTEGER
-- out  rate_no  INTEGER
-- out  product  TEXT
-- out  unit  TEXT
-- out  app_id  TEXT?
-- out  deployment_id  TEXT?
-- out  region  TEXT?
-- out  hosting  TEXT?
-- out  plan  TEXT?
-- out  from_ms  INTEGER?
-- out  to_ms  INTEGER?
-- out  from_quantity  TEXT  a decimal
-- out  unit_price  TEXT  a decimal
-- rows by rate, the tiers from below
SELECT
  rate.rate_no AS rate_no,
  rate.product AS product,
  rate.unit AS unit,
  rate.app_id AS app_id,
  rate.deployment_id AS deployment_id,
  rate.region AS region,
  rate.hosting AS hosting,
  rate.plan AS plan,
  rate.from_ms AS from_ms,
  rate.to_ms AS to_ms,
  tier.from_quantity AS from_quantity,
  tier.unit_price AS unit_price
FROM rate
JOIN rate_tier AS tier
  ON tier.document_seq = rate.document_seq AND tier.rate_no = rate.rate_no
WHERE rate.document_seq = :document_seq
ORDER BY rate.rate_no, tier.tier_no;
