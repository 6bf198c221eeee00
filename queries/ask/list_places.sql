-- list_places: every app and region that some process was in together.
--
-- out  place_no  INTEGER
-- out  app_key  INTEGER  0 for none
-- out  region_key  INTEGER  0 for none
-- rows by place_no
SELECT place_no, app_key, region_key
FROM place
ORDER BY place_no;
