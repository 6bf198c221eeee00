-- add_seal_line: a line of a seal.
--
-- in   :seal_seq  INTEGER
-- in   :line_no  INTEGER
-- in   :text  TEXT
INSERT INTO seal_line (seal_seq, line_no, text)
VALUES (:seal_seq, :line_no, :text);
