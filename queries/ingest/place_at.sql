-- place_at: the app and region of a place.
--
-- in   :place_no  INTEGER
-- out  app_key  INTEGER  0 for none
-- out  region_key  INTEGER  likewise
SELECT app_key, region_key FROM place WHERE place_no = :place_no;
