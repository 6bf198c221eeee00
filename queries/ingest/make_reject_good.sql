-- make_reject_good: the place of a rejected document holds a good one now.
--
-- in   :reject_key  INTEGER
-- in   :snapshot_seq  INTEGER  the good one
UPDATE reject SET made_good_seq = :snapshot_seq WHERE reject_key = :reject_key;
