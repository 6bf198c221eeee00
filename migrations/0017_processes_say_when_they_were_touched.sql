-- 0017: a process says which snapshot named it first, and which observed it last, in the order of
-- knowledge: what an earlier state of knowledge knew otherwise is found by them.
ALTER TABLE process ADD COLUMN named_seq INTEGER;
ALTER TABLE process ADD COLUMN touched_seq INTEGER;

UPDATE process SET touched_seq = (
  SELECT max(observation.snapshot_seq)
  FROM observation
  WHERE observation.process_key = process.process_key
);
-- Processes are numbered in the order in which they were named, so none was named later than the
-- first observation of any of a greater number.
UPDATE process SET named_seq = named.snapshot_seq
FROM (
  SELECT
    said.process_key AS process_key,
    min(said.snapshot_seq) OVER (
      ORDER BY said.process_key ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    ) AS snapshot_seq
  FROM (
    SELECT
      one.process_key AS process_key,
      coalesce(
        (
          SELECT min(observation.snapshot_seq)
          FROM observation
          WHERE observation.process_key = one.process_key
        ),
        (SELECT max(snapshot.snapshot_seq) FROM snapshot)
      ) AS snapshot_seq
    FROM process AS one
  ) AS said
) AS named
WHERE named.process_key = process.process_key;

CREATE INDEX process_by_touch ON process (touched_seq);
CREATE INDEX process_by_gone ON process (gone_ms) WHERE gone_ms IS NOT NULL;

PRAGMA user_version = 17;
