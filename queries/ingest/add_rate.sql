-- add_rate: a price of a rate card.
--
-- in   :document_seq  INTEGER
-- in   :rate_no  INTEGER
-- in   :product  TEXT
-- in   :unit  TEXT
-- in   :app_id  TEXT?
-- in   :deployment_id  TEXT?
-- in   :region  TEXT?
-- in   :hosting  TEXT?
-- in   :plan  TEXT?
-- in   :from_ms  INTEGER?
-- in   :to_ms  INTEGER?
INSERT INTO rate (
  document_seq, rate_no, product, unit, app_id, deployment_id, region, hosting, plan, from_ms,
  to_ms
)
VALUES (
  :document_seq, :rate_no, :product, :unit, :app_id, :deployment_id, :region, :hosting, :plan,
  :from_ms, :to_ms
);
