-- allocation_stay: one row is an allocation of a room to a process, as it was last known.
-- needs: nothing

-- When each thing was said of an allocation: as a room's current one, or in a list of them.
allocation_said AS (
  SELECT
    fact.room_key AS room_key,
    fact.allocation_no AS allocation_no,
    earliest.observed_at_ms AS first_seen_ms,
    latest.observed_at_ms AS last_seen_ms,
    fact.last_snapshot_seq AS last_snapshot_seq
  FROM room_fact AS fact
  JOIN snapshot AS earliest ON earliest.snapshot_seq = fact.first_snapshot_seq
  JOIN snapshot AS latest ON latest.snapshot_seq = fact.last_snapshot_seq
  WHERE fact.allocation_no IS NOT NULL
  UNION ALL
  SELECT
    listed.room_key,
    listed.allocation_no,
    snapshot.observed_at_ms,
    snapshot.observed_at_ms,
    listed.snapshot_seq
  FROM room_observation_allocation AS listed
  JOIN snapshot ON snapshot.snapshot_seq = listed.snapshot_seq
),
-- Several things may have been said of one allocation: the last one counts, place 1.
allocation_stay AS (
  SELECT room_key, process_key, scheduled_at_ms, unscheduled_at_ms, first_seen_ms, last_seen_ms
  FROM (
    SELECT
      named.room_key AS room_key,
      named.process_key AS process_key,
      named.scheduled_at_ms AS scheduled_at_ms,
      named.unscheduled_at_ms AS unscheduled_at_ms,
      min(said.first_seen_ms) OVER one_allocation AS first_seen_ms,
      said.last_seen_ms AS last_seen_ms,
      row_number() OVER (
        one_allocation
        ORDER BY said.last_seen_ms DESC, said.last_snapshot_seq DESC, said.allocation_no DESC
      ) AS place
    FROM allocation_said AS said
    JOIN room_allocation AS named
      ON named.room_key = said.room_key AND named.allocation_no = said.allocation_no
    WINDOW one_allocation AS (
      PARTITION BY named.room_key, named.room_allocation_id, named.process_key
    )
  ) AS placed
  WHERE place = 1
)
