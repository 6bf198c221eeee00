-- list_neighbours: when the nearest lists of a scope were true, before and after a span of time.
--
-- in   :app_key  INTEGER
-- in   :region_key  INTEGER  0: all regions of the app
-- in   :from_ms  INTEGER  unix ms
-- in   :to_ms  INTEGER  unix ms
-- in   :until_ms  INTEGER  unix ms, inclusive: no list later than that counts
-- in   :known_seq  INTEGER  the newest snapshot that counts
-- out  before_ms  INTEGER?  earlier than :from_ms; NULL: there is none
-- out  after_ms  INTEGER?  later than :to_ms; likewise
-- rows exactly one
SELECT
  (
    SELECT max(observed_at_ms)
    FROM list_scope
    WHERE app_key = :app_key
      AND region_key = :region_key
      AND observed_at_ms < :from_ms
      AND snapshot_seq <= :known_seq
  ) AS before_ms,
  (
    SELECT min(observed_at_ms)
    FROM list_scope
    WHERE app_key = :app_key
      AND region_key = :region_key
      AND observed_at_ms > :to_ms
      AND observed_at_ms <= :until_ms
      AND snapshot_seq <= :known_seq
  ) AS after_ms;
