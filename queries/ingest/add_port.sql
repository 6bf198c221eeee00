-- add_port: a port of a set of ports.
--
-- in   :process_key  INTEGER
-- in   :port_set_no  INTEGER
-- in   :position  INTEGER
-- in   :name_key  INTEGER?
-- in   :transport_type_key  INTEGER?
-- in   :host_key  INTEGER?
-- in   :port  INTEGER?
-- bulk
INSERT INTO port (
  process_key, port_set_no, position, name_key, transport_type_key, host_key, port
)
VALUES (
  :process_key, :port_set_no, :position, :name_key, :transport_type_key, :host_key, :port
);
