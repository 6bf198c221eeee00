-- 0004: money: deployments, rate cards, policies and invoices, each version kept.
-- One row is a document that was imported for its prices: deployments, a rate card, a policy or an
-- invoice. It is kept whole and never changed: another of the same name is a new version, and the
-- highest number counts.
CREATE TABLE money_document (
  document_seq   INTEGER PRIMARY KEY,
  kind           TEXT    NOT NULL,
  name           TEXT    NOT NULL,  -- of the card, policy or invoice; '' for deployments
  source_key     INTEGER NOT NULL REFERENCES source (source_key),
  sha256         BLOB    NOT NULL,
  given          TEXT    NOT NULL,  -- what the user said beside it, `month=2024-11`; '' for nothing
  raw            BLOB    NOT NULL,
  imported_at_ms INTEGER NOT NULL,  -- wall time; no answer depends on it
  CONSTRAINT money_document_kind_is_known
    CHECK (kind IN ('deployments', 'rates', 'policy', 'invoice')),
  UNIQUE (kind, sha256, given, name)
) STRICT;

-- One row is what one document says of the machine that one deployment's processes run on.
CREATE TABLE deployment (
  document_seq        INTEGER NOT NULL REFERENCES money_document (document_seq),
  position            INTEGER NOT NULL,  -- in the document, from 0
  app_id              TEXT    NOT NULL,
  deployment_id       TEXT    NOT NULL,  -- unique only within its app
  requested_cpu       TEXT,              -- vCPU, a decimal as it was written
  requested_memory_mb TEXT,              -- likewise
  rooms_per_process   INTEGER,
  plan                TEXT,
  created_at_ms       INTEGER,
  PRIMARY KEY (document_seq, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX deployment_by_name ON deployment (app_id, deployment_id);

-- One row is one version of a rate card.
CREATE TABLE rate_card (
  document_seq INTEGER PRIMARY KEY REFERENCES money_document (document_seq),
  name         TEXT    NOT NULL,
  currency     TEXT    NOT NULL,  -- ISO 4217
  minor_digits INTEGER NOT NULL   -- decimal places of its smallest unit: 2 is cents
) STRICT;

-- One row is a price of a rate card, where and while it holds. NULL holds everywhere, always.
CREATE TABLE rate (
  document_seq  INTEGER NOT NULL REFERENCES rate_card (document_seq),
  rate_no       INTEGER NOT NULL,  -- in the card, from 0
  product       TEXT    NOT NULL,
  unit          TEXT    NOT NULL,
  app_id        TEXT,
  deployment_id TEXT,
  region        TEXT,
  hosting       TEXT,
  plan          TEXT,
  from_ms       INTEGER,
  to_ms         INTEGER,
  CONSTRAINT rate_product_is_known CHECK (product IN ('compute', 'egress')),
  CONSTRAINT rate_unit_is_known CHECK (unit IN ('vcpu_hour', 'active_hour', 'GB', 'GiB')),
  CONSTRAINT rate_holds_for_a_while CHECK (from_ms < to_ms),
  PRIMARY KEY (document_seq, rate_no)
) STRICT, WITHOUT ROWID;

-- One row is what a unit costs from some quantity in a billing month on.
CREATE TABLE rate_tier (
  document_seq  INTEGER NOT NULL,
  rate_no       INTEGER NOT NULL,
  tier_no       INTEGER NOT NULL,  -- from 0
  from_quantity TEXT    NOT NULL,  -- in the rate's unit, a decimal; '0' in the first tier
  unit_price    TEXT    NOT NULL,  -- in the card's currency, a decimal
  PRIMARY KEY (document_seq, rate_no, tier_no),
  FOREIGN KEY (document_seq, rate_no) REFERENCES rate (document_seq, rate_no)
) STRICT, WITHOUT ROWID;

-- One row is one version of a policy: how usage becomes a quantity on an invoice.
CREATE TABLE policy (
  document_seq INTEGER PRIMARY KEY REFERENCES money_document (document_seq),
  name         TEXT    NOT NULL,
  summary      TEXT    NOT NULL,
  clock_start  TEXT    NOT NULL,  -- the vendor's name of a timestamp: startedAt
  clock_stop   TEXT    NOT NULL,  -- likewise: stoppingAt
  step_ms      INTEGER NOT NULL,  -- time is rounded up to a multiple of it; 0: it is not rounded
  step_per     TEXT    NOT NULL,
  minimum_ms   INTEGER NOT NULL,
  gb           TEXT    NOT NULL,  -- what a GB of the rate card is
  zone         TEXT    NOT NULL,  -- IANA
  running      TEXT    NOT NULL,
  orphan       TEXT    NOT NULL,
  amounts      TEXT    NOT NULL,
  CONSTRAINT policy_step_is_known CHECK (step_ms IN (0, 1000, 60000, 3600000)),
  CONSTRAINT policy_step_per_is_known CHECK (step_per IN ('process', 'line')),
  CONSTRAINT policy_minimum_is_not_negative CHECK (minimum_ms >= 0),
  CONSTRAINT policy_gb_is_known CHECK (gb IN ('GB', 'GiB')),
  CONSTRAINT policy_running_is_known CHECK (running IN ('point', 'longest', 'excluded')),
  CONSTRAINT policy_orphan_is_known CHECK (orphan IN ('point', 'longest', 'excluded')),
  CONSTRAINT policy_amounts_is_known CHECK (amounts IN ('half_even', 'half_up', 'up', 'down'))
) STRICT;

-- One row is one version of an invoice: what the vendor wants for a month.
CREATE TABLE invoice (
  document_seq INTEGER PRIMARY KEY REFERENCES money_document (document_seq),
  invoice_id   TEXT    NOT NULL,
  status       TEXT    NOT NULL,  -- the vendor's word; '' for none
  currency     TEXT    NOT NULL,  -- ISO 4217
  month        TEXT,              -- 2024-11; NULL: it names none
  amount_due   TEXT,              -- a decimal as it was written
  due_at_ms    INTEGER
) STRICT;

-- One row is a line of an invoice. Numbers are decimals as they were written.
CREATE TABLE invoice_line (
  document_seq INTEGER NOT NULL REFERENCES invoice (document_seq),
  line_no      INTEGER NOT NULL,  -- from 0
  kind         TEXT    NOT NULL,  -- what it is about, as far as we can tell
  description  TEXT    NOT NULL,  -- the vendor's product name
  unit         TEXT    NOT NULL,
  quantity     TEXT,
  unit_price   TEXT,
  amount       TEXT,
  discount     TEXT,
  CONSTRAINT invoice_line_kind_is_known
    CHECK (kind IN ('compute', 'egress', 'other', 'discount', 'tax')),
  PRIMARY KEY (document_seq, line_no)
) STRICT, WITHOUT ROWID;

-- One row is a deployment as the last document that names it says.
CREATE VIEW deployment_latest AS
SELECT
  app_id,
  deployment_id,
  requested_cpu,
  requested_memory_mb,
  rooms_per_process,
  plan,
  created_at_ms,
  document_seq
FROM deployment AS said
WHERE NOT EXISTS (
  SELECT 1
  FROM deployment AS later
  WHERE later.app_id = said.app_id
    AND later.deployment_id = said.deployment_id
    AND (later.document_seq, later.position) > (said.document_seq, said.position)
);

PRAGMA user_version = 4;
