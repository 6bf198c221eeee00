-- list_region_names: the regions that processes were seen in.
--
-- out  region  TEXT
-- rows one per region, by name
--
-- For completions, which must be quick: it reads a row per place.
SELECT label.label AS region
FROM label
WHERE label.label_key IN (SELECT place.region_key FROM place)
ORDER BY region;
