-- status: what is in the store, as counts.
--
-- out  first_observed_at_ms  INTEGER?  NULL in an empty store
-- out  last_observed_at_ms  INTEGER?
-- out  sources  INTEGER
-- out  snapshots  INTEGER
-- out  capped_snapshots  INTEGER
-- out  processes  INTEGER  observed at least once
-- out  rooms  INTEGER
-- out  ports  INTEGER  rows of port: a port of a set of ports of a process
-- out  observations  INTEGER
-- out  duplicates  INTEGER  records that said again what was known
-- out  restated  INTEGER  records that said something else of a known instant
-- out  rejects  INTEGER  but for those made good
-- out  set_aside  INTEGER
-- out  made_good  INTEGER  rejects whose place held a good document when it was read again
-- out  shared_time  INTEGER  snapshots that took the same time as others from one source's name
-- out  running_lists  INTEGER  snapshots that say they are running lists, and count as evidence
-- out  proving_lists  INTEGER  of them, those that prove something
-- out  scope_contradicted  INTEGER  of them, those that hold what they were not asked for
-- out  gone  INTEGER  processes without an end that a list proves gone
-- rows exactly one
SELECT
  (SELECT min(observed_at_ms) FROM snapshot) AS first_observed_at_ms,
  (SELECT max(observed_at_ms) FROM snapshot) AS last_observed_at_ms,
  (SELECT count(*) FROM source) AS sources,
  (SELECT count(*) FROM snapshot) AS snapshots,
  (SELECT coalesce(sum(capped), 0) FROM snapshot) AS capped_snapshots,
  (SELECT count(*) FROM process WHERE last_seen_ms IS NOT NULL) AS processes,
  (SELECT count(*) FROM room) AS rooms,
  (SELECT count(*) FROM port) AS ports,
  (SELECT coalesce(sum(process_count), 0) FROM snapshot) AS observations,
  (SELECT coalesce(sum(duplicate_count), 0) FROM snapshot) AS duplicates,
  (SELECT coalesce(sum(restated_count), 0) FROM snapshot) AS restated,
  (
    SELECT count(*)
    FROM reject
    WHERE NOT EXISTS (SELECT 1 FROM made_good WHERE made_good.reject_key = reject.reject_key)
  ) AS rejects,
  (SELECT count(*) FROM set_aside) AS set_aside,
  (SELECT count(*) FROM made_good) AS made_good,
  (
    SELECT coalesce(sum(shared.snapshots), 0)
    FROM (
      SELECT count(*) AS snapshots
      FROM snapshot
      WHERE observed_at_origin = 'filename'
      GROUP BY source_key, observed_at_ms
      HAVING count(*) > 1
    ) AS shared
  ) AS shared_time,
  (SELECT count(*) FROM snapshot WHERE list_proof IS NOT NULL) AS running_lists,
  (
    SELECT count(*)
    FROM snapshot
    WHERE substr(list_proof, 1, 7) <> 'nothing'
  ) AS proving_lists,
  (
    SELECT count(*) FROM snapshot WHERE list_proof = 'nothing: scope contradicted'
  ) AS scope_contradicted,
  (SELECT count(*) FROM process WHERE gone_ms IS NOT NULL) AS gone;
