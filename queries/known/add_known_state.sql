-- add_known_state: makes the row of known_state.
--
-- in   :known_seq  INTEGER
-- in   :last_key  INTEGER
INSERT INTO temp.known_state (
  known_seq, last_key, newest_source_key, next_source_key, next_offset
)
SELECT
  :known_seq,
  :last_key,
  (
    SELECT newest.source_key
    FROM main.snapshot AS newest
    WHERE newest.snapshot_seq <= :known_seq
    ORDER BY newest.snapshot_seq DESC
    LIMIT 1
  ),
  later.source_key,
  later.byte_offset
FROM main.snapshot AS later
WHERE later.snapshot_seq > :known_seq
ORDER BY later.snapshot_seq
LIMIT 1;
