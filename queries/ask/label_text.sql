-- label_text: the short text of a key.
--
-- in   :label_key  INTEGER
-- out  label  TEXT
SELECT label FROM label WHERE label_key = :label_key;
