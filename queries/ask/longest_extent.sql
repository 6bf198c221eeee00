-- longest_extent: the greatest extent of any process.
--
-- out  extent  INTEGER  0 in an empty store
-- rows exactly one
SELECT coalesce(max(extent), 0) AS extent FROM process_meter;
