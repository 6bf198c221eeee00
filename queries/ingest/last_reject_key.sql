-- last_reject_key: the newest reject.
--
-- out  reject_key  INTEGER  0 when there is none
SELECT coalesce(max(reject_key), 0) AS reject_key FROM reject;
