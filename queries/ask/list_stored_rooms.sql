-- list_stored_rooms: what every document about rooms said of each room.
--
-- out  snapshot_seq  INTEGER
-- out  room_key  INTEGER
-- out  restatement  INTEGER
-- part: room_contract
-- rows by the time of their snapshots, then by when these became known; within one, by room
SELECT
  said.snapshot_seq AS snapshot_seq,
  said.room_key AS room_key,
  said.restatement AS restatement,
  -- part: room_columns
FROM room_observation AS said
JOIN snapshot ON snapshot.snapshot_seq = said.snapshot_seq
JOIN room ON room.room_key = said.room_key
JOIN room_fact AS fact
  ON fact.room_key = said.room_key AND fact.room_fact_no = said.room_fact_no
LEFT JOIN room_allocation AS allocation
  ON allocation.room_key = fact.room_key AND allocation.allocation_no = fact.allocation_no
LEFT JOIN process ON process.process_key = allocation.process_key
ORDER BY snapshot.observed_at_ms, said.snapshot_seq, said.room_key, said.restatement;
