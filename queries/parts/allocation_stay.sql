-- allocation_stay: one row is an allocation of a room of which several things were said, as it was
-- last known.
-- needs: several_room

-- What was said of an allocation, and when: as a room's current one, or in a list of them.
allocation_said AS (
  SELECT
    named.room_key AS room_key,
    named.allocation_no AS allocation_no,
    named.room_allocation_id AS room_allocation_id,
    named.process_key AS process_key,
    named.scheduled_at_ms AS scheduled_at_ms,
    named.unscheduled_at_ms AS unscheduled_at_ms,
    earliest.observed_at_ms AS first_seen_ms,
    latest.observed_at_ms AS last_seen_ms,
    fact.last_snapshot_seq AS last_snapshot_seq
  FROM several_room
  CROSS JOIN room_fact AS fact
  JOIN snapshot AS earliest ON earliest.snapshot_seq = fact.first_snapshot_seq
  JOIN snapshot AS latest ON latest.snapshot_seq = fact.last_snapshot_seq
  JOIN room_allocation AS named
    ON named.room_key = fact.room_key AND named.allocation_no = fact.allocation_no
  WHERE fact.room_key = several_room.room_key
  UNION ALL
  SELECT
    named.room_key,
    named.allocation_no,
    named.room_allocation_id,
    named.process_key,
    named.scheduled_at_ms,
    named.unscheduled_at_ms,
    snapshot.observed_at_ms,
    snapshot.observed_at_ms,
    listed.snapshot_seq
  FROM room_observation_allocation AS listed
  JOIN snapshot ON snapshot.snapshot_seq = listed.snapshot_seq
  JOIN room_allocation AS named
    ON named.room_key = listed.room_key AND named.allocation_no = listed.allocation_no
),
-- Several things may have been said of one allocation: the last one counts, place 1.
allocation_stay AS (
  SELECT room_key, process_key, scheduled_at_ms, unscheduled_at_ms, first_seen_ms, last_seen_ms
  FROM (
    SELECT
      room_key,
      process_key,
      scheduled_at_ms,
      unscheduled_at_ms,
      min(first_seen_ms) OVER one_allocation AS first_seen_ms,
      last_seen_ms,
      row_number() OVER (
        one_allocation ORDER BY last_seen_ms DESC, last_snapshot_seq DESC, allocation_no DESC
      ) AS place
    FROM allocation_said
    WINDOW one_allocation AS (PARTITION BY room_key, room_allocation_id, process_key)
  ) AS placed
  WHERE place = 1
)
