-- One row is one version of a policy: how usage becomes a quantity on an invoice.
CREATE TABLE policy (
  document_seq   INTEGER PRIMARY KEY REFERENCES money_document (document_seq),
  name           TEXT    NOT NULL,
  summary        TEXT    NOT NULL,
  clock_start    TEXT    NOT NULL,  -- the vendor's name of a timestamp: startedAt
  clock_stop     TEXT    NOT NULL,  -- likewise: stoppingAt
  step_ms        INTEGER NOT NULL,  -- time is rounded to a multiple of it; 0: it is not rounded
  step_per       TEXT    NOT NULL,
  step_direction TEXT    NOT NULL,  -- up, nearest or down
  minimum_ms     INTEGER NOT NULL,
  gb             TEXT    NOT NULL,  -- what a GB of the rate card is
  zone           TEXT    NOT NULL,  -- IANA
  running        TEXT    NOT NULL,
  orphan         TEXT    NOT NULL,
  amounts        TEXT    NOT NULL,
  CONSTRAINT policy_step_is_known
    CHECK (step_ms IN (0, 1000, 60000, 360000, 900000, 1800000, 3600000)),
  CONSTRAINT policy_step_per_is_known CHECK (step_per IN ('process', 'line')),
  CONSTRAINT policy_step_direction_is_known CHECK (step_direction IN ('up', 'nearest', 'down')),
  CONSTRAINT policy_minimum_is_not_negative CHECK (minimum_ms >= 0),
  CONSTRAINT policy_gb_is_known CHECK (gb IN ('GB', 'GiB')),
  CONSTRAINT policy_running_is_known CHECK (running IN ('point', 'longest', 'excluded')),
  CONSTRAINT policy_orphan_is_known CHECK (orphan IN ('point', 'longest', 'excluded')),
  CONSTRAINT policy_amounts_is_known CHECK (amounts IN ('half_even', 'half_up', 'up', 'down'))
) STRICT;
