-- extent: one row is an extent, a class of length by which process_meter is sorted.
-- needs: nothing

-- A process is of extent n when less than reach_ms = 2^(16 + n) milliseconds lie between all that
-- is known of it. So the processes of one extent that were there at an instant began in a short
-- span of time before it, which an index finds.
extent AS (
  SELECT 0 AS extent, CAST(65536 AS BIGINT) AS reach_ms
  UNION ALL
  SELECT shorter.extent + 1, shorter.reach_ms * 2
  FROM extent AS shorter
  WHERE shorter.extent < 40
)
