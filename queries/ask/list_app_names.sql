-- list_app_names: the apps that processes were seen of.
--
-- out  app_id  TEXT
-- rows one per app, by name
--
-- For completions, which must be quick: it reads a row per place.
SELECT label.label AS app_id
FROM label
WHERE label.label_key IN (SELECT place.app_key FROM place)
ORDER BY app_id;
