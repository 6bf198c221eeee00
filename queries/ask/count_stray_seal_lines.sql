-- count_stray_seal_lines: lines of seals that are not there.
--
-- out  lines  INTEGER
-- rows exactly one
SELECT count(*) AS lines
FROM seal_line
WHERE NOT EXISTS (
  SELECT 1
  FROM seal
  WHERE seal.seal_seq = seal_line.seal_seq
);
