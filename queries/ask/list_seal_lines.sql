-- list_seal_lines: the lines of all seals.
--
-- out  seal_seq  INTEGER
-- out  line_no  INTEGER
-- out  text  TEXT
-- rows by seal, in their order
SELECT seal_seq, line_no, text
FROM seal_line
ORDER BY seal_seq, line_no;
