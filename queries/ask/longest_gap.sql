-- longest_gap: the greatest extent of any gap.
--
-- out  extent  INTEGER  0 when there is none
-- rows exactly one
SELECT coalesce(max(extent), 0) AS extent FROM egress_gap;
