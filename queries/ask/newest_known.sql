-- newest_known: how far knowledge goes: the numbers of the newest snapshot and document about money.
--
-- out  known_seq  INTEGER  0: there is no snapshot
-- out  money_seq  INTEGER  0: there is no such document
-- rows exactly one
SELECT
  (
    SELECT coalesce(max(snapshot_seq), 0)
    FROM snapshot
  ) AS known_seq,
  (
    SELECT coalesce(max(document_seq), 0)
    FROM money_document
  ) AS money_seq;
