-- port_holder_at_instant: which process held a host and port at an instant.
--
-- in   :host  TEXT  as the vendor spells it
-- in   :port  INTEGER
-- in   :at_ms  INTEGER  unix ms
-- in   :as_of_ms  INTEGER  unix ms; nothing later is answered
-- in   :grace_ms  INTEGER  a process seen this recently before the as-of still runs
-- in   :max_lifespan_ms  INTEGER  no process lives longer
-- out  process_id  TEXT
-- out  app_id  TEXT  '' when unknown
-- out  region  TEXT  '' when unknown
-- out  port_name  TEXT  NULL when it was not said
-- out  transport_type  TEXT  NULL when it was not said
-- out  is_seen  INTEGER  1: polls before and after the instant (or at it) listed this very port
-- out  first_seen_ms  INTEGER  unix ms; first poll that listed the port so
-- out  last_seen_ms  INTEGER  unix ms; last poll that listed the port so
-- out  begin_at_ms  INTEGER  unix ms; from when the process can have held it
-- out  end_at_ms  INTEGER  unix ms; until before when
-- rows one per process and port that fits: those seen first, then the latest to begin, then by id
--
-- The vendor hands a port to another process once the first is gone, so what holds it at an
-- instant is a process that ever listed it and was alive then: from its start (else its
-- provisioning, else its first sight) until it was gone (else the as-of while it was seen lately,
-- else its longest life). More than one row means that an end is not known; the seen one is it.
--
-- Reads the summary and the ports of every process there then, and no observation.
WITH RECURSIVE
-- part: longest_life,
-- part: extent,
asked AS (
  SELECT CAST(:at_ms AS BIGINT) AS from_ms, CAST(:at_ms AS BIGINT) AS to_ms
),
-- part: present,
there AS (
  SELECT process_key FROM present
  UNION ALL
  SELECT meter.process_key
  FROM sought
  CROSS JOIN process_meter AS meter
  WHERE +sought.is_large = 1
),
lifetime AS MATERIALIZED (
  SELECT
    life.process_key AS process_key,
    life.process_id AS process_id,
    life.latest_attribute_no AS latest_attribute_no,
    -- part: life_span
  FROM there
  CROSS JOIN process AS life
  WHERE life.process_key = there.process_key
),
holding AS (
  SELECT
    lifetime.process_key AS process_key,
    port.name_key AS name_key,
    port.transport_type_key AS transport_type_key,
    min(said.observed_at_ms - attribute.first_seen_before_ms) AS first_seen_ms,
    max(attribute.last_seen_ms) AS last_seen_ms
  FROM lifetime
  JOIN process_attribute AS attribute ON attribute.process_key = lifetime.process_key
  JOIN port
    ON port.process_key = attribute.process_key AND port.port_set_no = attribute.port_set_no
  JOIN snapshot AS said ON said.snapshot_seq = attribute.snapshot_seq
  WHERE lifetime.begin_ms <= :at_ms
    AND lifetime.death_ms > :at_ms
    AND port.port = :port
    AND port.host_key = (SELECT label_key FROM label WHERE label = :host)
  GROUP BY lifetime.process_key, port.name_key, port.transport_type_key
)
SELECT
  lifetime.process_id AS process_id,
  coalesce(app.label, '') AS app_id,
  coalesce(region.label, '') AS region,
  name.label AS port_name,
  transport_type.label AS transport_type,
  CASE WHEN holding.first_seen_ms <= :at_ms AND holding.last_seen_ms >= :at_ms THEN 1 ELSE 0 END
    AS is_seen,
  holding.first_seen_ms AS first_seen_ms,
  holding.last_seen_ms AS last_seen_ms,
  lifetime.begin_ms AS begin_at_ms,
  lifetime.death_ms AS end_at_ms
FROM holding
JOIN lifetime ON lifetime.process_key = holding.process_key
JOIN process_attribute AS attribute
  ON attribute.process_key = lifetime.process_key
  AND attribute.attribute_no = lifetime.latest_attribute_no
LEFT JOIN label AS app ON app.label_key = attribute.app_key
LEFT JOIN label AS region ON region.label_key = attribute.region_key
LEFT JOIN label AS name ON name.label_key = holding.name_key
LEFT JOIN label AS transport_type ON transport_type.label_key = holding.transport_type_key
ORDER BY
  is_seen DESC, begin_at_ms DESC, process_id, port_name NULLS FIRST, transport_type NULLS FIRST;
