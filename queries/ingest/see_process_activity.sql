-- see_process_activity: the span of the observations that said an activity.
--
-- in   :process_key  INTEGER
-- in   :activity_no  INTEGER
-- in   :first_seen_ms  INTEGER
-- in   :last_seen_ms  INTEGER
UPDATE process_activity
SET first_seen_ms = :first_seen_ms, last_seen_ms = :last_seen_ms
WHERE process_key = :process_key AND activity_no = :activity_no;
