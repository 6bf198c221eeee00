-- show_port: the ports that processes were said to have by then.
CREATE TEMP VIEW port AS
SELECT stored.*
FROM main.port AS stored
WHERE stored.process_key <= (SELECT last_key FROM temp.known_state)
  AND EXISTS (
    SELECT 1
    FROM main.process_attribute AS said
    WHERE said.process_key = stored.process_key
      AND said.port_set_no = stored.port_set_no
      AND said.snapshot_seq <= (SELECT known_seq FROM temp.known_state)
  );
