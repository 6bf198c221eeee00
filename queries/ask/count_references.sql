-- count_references: how many rows refer to others by numbers that no foreign key guards, and of them, to nothing. Reads every observation.
--
-- out  referring  TEXT  the table with the numbers
-- out  referred  TEXT  the table that they are of
-- out  row_count  INTEGER  rows that refer to one
-- out  lost_count  INTEGER  of them, to one that is not there
-- out  first_key  INTEGER?  the process or room of the first that is lost; NULL: none is
-- rows one per kind of reference, in the order in which they are written here
--
-- A list of rooms refers to its own places: one that is missing between two others was lost. Where it
-- says that a room has an allocation to the process, it refers to that; where it denies one that is
-- there, it is counted, too. An allocation that is not unlisted refers to a place in such a list.
SELECT
  'observation' AS referring,
  'process_attribute' AS referred,
  count(*) AS row_count,
  count(*) - count(attribute.attribute_no) AS lost_count,
  min(CASE WHEN attribute.attribute_no IS NULL THEN observation.process_key END) AS first_key
FROM observation
LEFT JOIN process_attribute AS attribute
  ON attribute.process_key = observation.process_key
  AND attribute.attribute_no = observation.attribute_no
UNION ALL
SELECT
  'observation' AS referring,
  'process_activity' AS referred,
  count(*) AS row_count,
  count(*) - count(activity.activity_no) AS lost_count,
  min(CASE WHEN activity.activity_no IS NULL THEN observation.process_key END) AS first_key
FROM observation
LEFT JOIN process_activity AS activity
  ON activity.process_key = observation.process_key
  AND activity.activity_no = observation.activity_no
UNION ALL
SELECT
  'process_attribute' AS referring,
  'port' AS referred,
  count(*) AS row_count,
  count(*) - count(port.position) AS lost_count,
  min(CASE WHEN port.position IS NULL THEN attribute.process_key END) AS first_key
FROM process_attribute AS attribute
LEFT JOIN port
  ON port.process_key = attribute.process_key
  AND port.port_set_no = attribute.port_set_no
  AND port.position = (
    SELECT min(listed.position)
    FROM port AS listed
    WHERE listed.process_key = attribute.process_key
      AND listed.port_set_no = attribute.port_set_no
  )
WHERE attribute.port_set_no > 0
UNION ALL
SELECT
  'process_activity' AS referring,
  'process_room' AS referred,
  count(*) AS row_count,
  count(*) - count(listed.position) AS lost_count,
  min(CASE WHEN listed.position IS NULL THEN activity.process_key END) AS first_key
FROM process_activity AS activity
LEFT JOIN process_room AS listed
  ON listed.process_key = activity.process_key
  AND listed.room_set_no = activity.room_set_no
  AND listed.position = 0
WHERE activity.room_set_no > 0
UNION ALL
SELECT
  'process_room' AS referring,
  'process_room' AS referred,
  count(*) AS row_count,
  coalesce(sum(room_set.last_position + 1 <> room_set.size), 0) AS lost_count,
  min(CASE WHEN room_set.last_position + 1 <> room_set.size THEN room_set.process_key END)
    AS first_key
FROM (
  SELECT process_key, max(position) AS last_position, count(*) AS size
  FROM process_room
  GROUP BY process_key, room_set_no
) AS room_set
UNION ALL
SELECT
  'process_room' AS referring,
  'room_allocation' AS referred,
  count(*) AS row_count,
  coalesce(sum(placed.is_other), 0) AS lost_count,
  min(CASE WHEN placed.is_other = 1 THEN placed.process_key END) AS first_key
FROM (
  SELECT
    listed.process_key AS process_key,
    CASE
      WHEN allocation.process_key = listed.process_key AND listed.is_unplaced = 0 THEN 0
      WHEN allocation.process_key = listed.process_key THEN 1
      ELSE 1 - listed.is_unplaced
    END AS is_other
  FROM process_room AS listed
  JOIN room_fact AS fact
    ON fact.room_key = listed.room_key AND fact.room_fact_no = listed.room_fact_no
  LEFT JOIN room_allocation AS allocation
    ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
) AS placed
UNION ALL
SELECT
  'room_allocation' AS referring,
  'process_room' AS referred,
  count(*) AS row_count,
  count(*) - count(listed.room_key) AS lost_count,
  min(CASE WHEN listed.room_key IS NULL THEN allocation.room_key END) AS first_key
FROM room_allocation AS allocation
LEFT JOIN (SELECT DISTINCT process_key, room_key FROM process_room) AS listed
  ON listed.process_key = allocation.process_key AND listed.room_key = allocation.room_key
WHERE allocation.is_unlisted = 0
UNION ALL
SELECT
  'room_fact' AS referring,
  'room_allocation' AS referred,
  count(*) AS row_count,
  count(*) - count(allocation.allocation_no) AS lost_count,
  min(CASE WHEN allocation.allocation_no IS NULL THEN fact.room_key END) AS first_key
FROM room_fact AS fact
LEFT JOIN room_allocation AS allocation
  ON allocation.room_key = fact.room_key
  AND allocation.allocation_no = fact.allocation_no
WHERE fact.allocation_no IS NOT NULL;
