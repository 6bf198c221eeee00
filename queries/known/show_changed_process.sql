-- show_changed_process: the processes that were named by then and of which later snapshots say more.
CREATE TEMP TABLE changed_process (
  process_key INTEGER PRIMARY KEY,
  gone_ms     INTEGER  -- as the lists that count prove it
);
