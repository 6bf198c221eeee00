-- find_label: the key of a short text.
--
-- in   :label  TEXT
-- out  label_key  INTEGER
SELECT label_key FROM label WHERE label = :label;
