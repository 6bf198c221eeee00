-- extent: the classes of length of process_meter.

-- The classes of length by which process_meter finds who was there at an instant.
extent AS (
  SELECT 0 AS extent
  UNION ALL
  SELECT extent + 1 AS extent
  FROM extent
  WHERE extent < 40
)
