-- add_label: write a short text that is not there yet.
--
-- in   :label  TEXT
INSERT INTO label (label) VALUES (:label);
