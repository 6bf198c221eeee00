-- alone_stay: one row is the only stay of a room, and what of it lies in the period.
-- needs: period, several_room

-- What was seen at or after the period's begin, or lately enough to be there at the as-of, stands
-- in this snapshot or in one that came after it.
seen_from AS MATERIALIZED (
  SELECT
    period.from_ms AS from_ms,
    period.to_ms AS to_ms,
    (
      SELECT min(snapshot.snapshot_seq)
      FROM snapshot
      WHERE snapshot.observed_at_ms >= CASE
        WHEN period.from_ms < :as_of_ms - :grace_ms THEN period.from_ms
        ELSE :as_of_ms - :grace_ms
      END
    ) AS snapshot_seq
  FROM period
),
-- The LIMIT keeps all rows; because of it SQLite works each column out once. A stay that ends
-- before it starts has nothing in the period.
alone_stay AS NOT MATERIALIZED (
  SELECT
    -- part: clipped_columns
  FROM (
    SELECT
      -- part: stay_columns
    FROM (
      SELECT
        named.room_key AS room_key,
        named.process_key AS process_key,
        named.scheduled_at_ms AS scheduled_at_ms,
        named.unscheduled_at_ms AS unscheduled_at_ms,
        CASE
          WHEN named.scheduled_at_ms IS NULL THEN (
            SELECT earliest.observed_at_ms
            FROM snapshot AS earliest
            WHERE earliest.snapshot_seq = fact.first_snapshot_seq
          )
        END AS first_seen_ms,
        latest.observed_at_ms AS last_seen_ms
      FROM seen_from
      CROSS JOIN room_allocation AS named
      CROSS JOIN room_fact AS fact
      CROSS JOIN snapshot AS latest
      WHERE named.allocation_no = 0
        AND (named.scheduled_at_ms < seen_from.to_ms OR named.scheduled_at_ms IS NULL)
        AND fact.room_key = named.room_key
        AND fact.room_fact_no = 0
        AND fact.allocation_no = 0
        AND (
          fact.last_snapshot_seq >= seen_from.snapshot_seq
          OR named.unscheduled_at_ms > seen_from.from_ms
        )
        AND latest.snapshot_seq = fact.last_snapshot_seq
        AND named.room_key NOT IN (SELECT several_room.room_key FROM several_room)
    ) AS known
    LEFT JOIN process ON process.process_key = known.process_key
    LIMIT 9223372036854775807
  ) AS stay
  CROSS JOIN seen_from AS period
  WHERE stay.start_ms < period.to_ms
    AND stay.end_ms > period.from_ms
    AND stay.start_ms < stay.end_ms
)
