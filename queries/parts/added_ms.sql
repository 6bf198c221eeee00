-- added_ms: one column, the time that a span adds to the spans before it.
-- needs: follower
--
-- follower is a span in the order of its start; its covered_until_ms is the last end of those
-- before it.

CASE
  WHEN follower.covered_until_ms IS NULL OR follower.covered_until_ms <= follower.start_ms
    THEN follower.end_ms - follower.start_ms
  WHEN follower.covered_until_ms < follower.end_ms
    THEN follower.end_ms - follower.covered_until_ms
  ELSE 0
END AS added_ms
