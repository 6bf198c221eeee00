-- added_start: one column, the start of what a span adds to the spans before it.
-- needs: follower
--
-- follower is a span in the order of its start; its covered_until_ms is the last end of those
-- before it. It adds nothing unless it ends later than that.

CASE
  WHEN follower.covered_until_ms > follower.start_ms THEN follower.covered_until_ms
  ELSE follower.start_ms
END AS start_ms
