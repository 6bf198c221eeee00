-- large_part: one column, whether a window is a large part of the time that the store tells of.
-- needs: asked
--
-- asked is a row with the window.

CASE
  WHEN asked.to_ms / 8 - asked.from_ms / 8 >= (
    (SELECT max(observed_at_ms) FROM snapshot) - (SELECT max(earliest_ms) FROM store_span)
  ) / 64 THEN 1
  ELSE 0
END AS is_large
