-- list_seals: the sealed months.
--
-- out  seal_seq  INTEGER
-- out  month  TEXT
-- out  zone  TEXT
-- out  as_of_ms  INTEGER
-- out  known_seq  INTEGER
-- out  checkpoint  TEXT
-- out  signatures  TEXT
-- out  sealed_at_ms  INTEGER
-- rows in the order in which they were made
SELECT seal_seq, month, zone, as_of_ms, known_seq, checkpoint, signatures, sealed_at_ms
FROM seal
ORDER BY seal_seq;
