-- load_ports: every port of every set of ports of one process.
--
-- in   :process_key  INTEGER
-- out  port_set_no  INTEGER
-- out  position  INTEGER
-- out  name_key  INTEGER?
-- out  transport_type_key  INTEGER?
-- out  host_key  INTEGER?
-- out  port  INTEGER?
SELECT
  port_set_no,
  position,
  name_key,
  transport_type_key,
  host_key,
  port
FROM port
WHERE process_key = :process_key
ORDER BY port_set_no, position;
