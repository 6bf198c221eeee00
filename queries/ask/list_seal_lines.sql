-- list_seal_lines: the lines of a seal.
--
-- in   :seal_seq  INTEGER
-- out  line_no  INTEGER
-- out  text  TEXT
-- rows in their order
SELECT line_no, text
FROM seal_line
WHERE seal_seq = :seal_seq
ORDER BY line_no;
