-- has_lists: whether some running list proves something.
--
-- out  has_lists  INTEGER  1 or 0
-- rows exactly one
SELECT EXISTS (SELECT 1 FROM list_scope) AS has_lists;
