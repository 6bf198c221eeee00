-- add_policy: a version of a policy.
--
-- in   :document_seq  INTEGER
-- in   :name  TEXT
-- in   :summary  TEXT
-- in   :clock_start  TEXT
-- in   :clock_stop  TEXT
-- in   :step_ms  INTEGER
-- in   :step_per  TEXT
-- in   :step_direction  TEXT
-- in   :minimum_ms  INTEGER
-- in   :gb  TEXT
-- in   :zone  TEXT
-- in   :running  TEXT
-- in   :orphan  TEXT
-- in   :amounts  TEXT
INSERT INTO policy (
  document_seq, name, summary, clock_start, clock_stop, step_ms, step_per, step_direction,
  minimum_ms, gb, zone, running, orphan, amounts
)
VALUES (
  :document_seq, :name, :summary, :clock_start, :clock_stop, :step_ms, :step_per,
  :step_direction, :minimum_ms, :gb, :zone, :running, :orphan, :amounts
);
