-- life_span: two columns, from when and until when a process can have been there at most.
-- needs: life
--
-- life is a row of process or of egress_curve.

coalesce(life.started_at_ms, life.starting_at_ms, life.first_seen_ms) AS begin_ms,
CASE
  WHEN life.terminated_at_ms IS NOT NULL THEN life.terminated_at_ms
  WHEN :as_of_ms - life.last_seen_ms <= :grace_ms THEN :as_of_ms
  WHEN coalesce(life.started_at_ms, life.starting_at_ms, life.last_seen_ms) + :max_lifespan_ms
    >= :as_of_ms THEN :as_of_ms
  WHEN coalesce(life.started_at_ms, life.starting_at_ms, life.last_seen_ms) + :max_lifespan_ms
    > life.last_seen_ms
    THEN coalesce(life.started_at_ms, life.starting_at_ms, life.last_seen_ms) + :max_lifespan_ms
  ELSE life.last_seen_ms
END AS death_ms
