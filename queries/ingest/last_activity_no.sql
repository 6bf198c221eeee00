-- last_activity_no: the number of the newest activity of one process.
--
-- in   :process_key  INTEGER
-- out  activity_no  INTEGER  -1 when there is none
SELECT coalesce(max(activity_no), -1) AS activity_no
FROM process_activity
WHERE process_key = :process_key;
