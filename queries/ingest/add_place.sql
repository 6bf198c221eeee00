-- add_place: give an app and a region the next number.
--
-- in   :app_key  INTEGER  0 for none
-- in   :region_key  INTEGER  0 for none
INSERT INTO place (place_no, app_key, region_key)
VALUES ((SELECT coalesce(max(place_no) + 1, 0) FROM place), :app_key, :region_key);
