-- find_place: the number of an app and a region together.
--
-- in   :app_key  INTEGER  0 for none
-- in   :region_key  INTEGER  0 for none
-- out  place_no  INTEGER
SELECT place_no FROM place WHERE app_key = :app_key AND region_key = :region_key;
