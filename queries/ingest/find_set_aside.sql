-- find_set_aside: whether this object is already kept.
--
-- in   :sha256  BLOB
-- out  set_aside_key  INTEGER
SELECT set_aside_key FROM set_aside WHERE sha256 = :sha256;
