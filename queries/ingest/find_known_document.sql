-- find_known_document: a document that is stored, of processes only and with nothing rejected, whose
-- time may be the one that it has now, and which says nothing new as a list.
--
-- in   :sha256  BLOB
-- in   :fallback_at_ms  INTEGER?  unix ms; its time, if it does not say one itself; NULL: none
-- in   :trusts_lists  INTEGER  0: what it may prove as a list is not asked for
-- in   :list_kind  TEXT  in lower case; what is said of it beside its own words; '': nothing
-- in   :list_app  TEXT  likewise
-- in   :list_region  TEXT  likewise
-- out  process_count  INTEGER  good records, stored or said again
-- out  observed_at_ms  INTEGER
-- rows that of the fallback first
--
-- Where something is said of a document beside its own words, it is known when it was stored with
-- just that. Where nothing is, its own words are what they were.
SELECT
  snapshot.process_count + snapshot.duplicate_count AS process_count,
  snapshot.observed_at_ms AS observed_at_ms
FROM snapshot
LEFT JOIN label AS app ON app.label_key = snapshot.list_app_key
LEFT JOIN label AS region ON region.label_key = snapshot.list_region_key
WHERE substr(snapshot.sha256, 1, 4) = substr(:sha256, 1, 4)
  AND snapshot.sha256 = :sha256
  AND (
    snapshot.observed_at_origin = 'envelope' OR snapshot.observed_at_ms = :fallback_at_ms
  )
  AND snapshot.reject_count = 0
  AND snapshot.room_count = 0
  AND (
    :trusts_lists = 0
    OR (
      (snapshot.list_proof IS NOT NULL OR lower(coalesce(snapshot.list_kind, '')) <> 'running')
      AND (
        (
          :list_kind = '' AND :list_app = '' AND :list_region = ''
          AND (snapshot.list_proof IS NULL OR snapshot.list_is_given = 0)
        )
        OR (
          lower(coalesce(snapshot.list_kind, '')) = :list_kind
          AND coalesce(app.label, '') = :list_app
          AND coalesce(region.label, '') = :list_region
        )
      )
    )
  )
ORDER BY
  CASE WHEN snapshot.observed_at_ms = :fallback_at_ms THEN 0 ELSE 1 END,
  snapshot.snapshot_seq
LIMIT 1;
