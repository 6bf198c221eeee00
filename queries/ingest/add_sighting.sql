-- add_sighting: which of 63 places a snapshot saw.
--
-- in   :snapshot_seq  INTEGER
-- in   :block  INTEGER  place_no / 63
-- in   :places  INTEGER  the bit place_no % 63 of each
-- bulk
INSERT INTO sighting (snapshot_seq, block, places)
VALUES (:snapshot_seq, :block, :places);
