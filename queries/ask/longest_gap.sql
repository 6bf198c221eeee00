-- longest_gap: the greatest extent of any gap; 40 at most, for that is longer than all time.
--
-- out  extent  INTEGER  0 when there is none
-- rows exactly one
SELECT min(coalesce(max(extent), 0), 40) AS extent FROM egress_gap;
