-- add_made_good: the place of a rejected document holds a good one now.
--
-- in   :reject_key  INTEGER
-- in   :snapshot_seq  INTEGER  the good one
INSERT INTO made_good (reject_key, snapshot_seq) VALUES (:reject_key, :snapshot_seq);
