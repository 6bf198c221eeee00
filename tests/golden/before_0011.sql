-- Before 0011 the configurations of rooms were labels.
INSERT INTO label SELECT * FROM newest.label;
INSERT INTO label (label)
SELECT DISTINCT room_config FROM newest.room_config_text
WHERE room_config NOT IN (SELECT label FROM newest.label)
ORDER BY room_config;
INSERT INTO room_fact
SELECT
  fact.room_key, fact.room_fact_no, fact.app_key, fact.status_key,
  (
    SELECT label.label_key
    FROM newest.room_config_text AS said
    JOIN main.label ON label.label = said.room_config
    WHERE said.room_config_key = fact.room_config_key
  ) AS room_config_key,
  fact.allocation_no, fact.first_snapshot_seq, fact.last_snapshot_seq
FROM newest.room_fact AS fact;
