-- list_said_places: the app and the region that each set of attributes says.
--
-- out  process_key  INTEGER
-- out  attribute_no  INTEGER
-- out  app_key  INTEGER?
-- out  region_key  INTEGER?
-- rows in the order of the key
SELECT process_key, attribute_no, app_key, region_key
FROM process_attribute
ORDER BY process_key, attribute_no;
