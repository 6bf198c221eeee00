-- load_room_observations_at: what documents about rooms already said of one room at one instant.
--
-- in   :room_key  INTEGER
-- in   :observed_at_ms  INTEGER  unix ms
-- in   :this_snapshot_seq  INTEGER  the document being written, which has no row yet
-- out  snapshot_seq  INTEGER
-- out  restatement  INTEGER
-- out  room_fact_no  INTEGER
-- out  allocation_no  INTEGER?  NULL when it listed none
SELECT
  room_observation.snapshot_seq AS snapshot_seq,
  room_observation.restatement AS restatement,
  room_observation.room_fact_no AS room_fact_no,
  listed.allocation_no AS allocation_no
FROM room_observation
LEFT JOIN room_observation_allocation AS listed
  ON listed.room_key = room_observation.room_key
  AND listed.snapshot_seq = room_observation.snapshot_seq
  AND listed.restatement = room_observation.restatement
WHERE room_observation.room_key = :room_key AND room_observation.snapshot_seq IN (
    SELECT snapshot_seq FROM snapshot WHERE observed_at_ms = :observed_at_ms
    UNION ALL
    SELECT :this_snapshot_seq
  )
ORDER BY room_observation.snapshot_seq, room_observation.restatement, listed.position;
