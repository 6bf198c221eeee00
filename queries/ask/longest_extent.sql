-- longest_extent: the greatest extent of any process; 40 at most, for that is longer than all time.
--
-- out  extent  INTEGER  0 in an empty store
-- rows exactly one
SELECT min(coalesce(max(extent), 0), 40) AS extent FROM process_meter;
