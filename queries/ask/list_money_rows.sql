-- list_money_rows: what a document about money gave, row by row, as text that can be compared.
--
-- in   :document_seq  INTEGER
-- out  place  TEXT  the table and the number of the row in it
-- out  told  TEXT  what another version may tell otherwise: what a line or a note is about, in which currency, how a deployment's id is written
-- out  content  TEXT  all the other columns, as a JSON array
-- rows by table, then by number
SELECT place, told, content
FROM (
  SELECT
    1 AS table_no, position AS row_no, 'deployment ' || position AS place, deployment_id AS told,
    json_array(app_id, requested_cpu, requested_memory_mb, rooms_per_process, plan, created_at_ms)
      AS content
  FROM deployment
  WHERE document_seq = :document_seq
  UNION ALL
  SELECT
    2 AS table_no, 0 AS row_no, 'rate_card' AS place, '' AS told,
    json_array(name, currency, minor_digits) AS content
  FROM rate_card
  WHERE document_seq = :document_seq
  UNION ALL
  SELECT
    3 AS table_no, rate_no AS row_no, 'rate ' || rate_no AS place,
    coalesce(deployment_id, '') AS told,
    json_array(product, unit, app_id, region, hosting, plan, from_ms, to_ms) AS content
  FROM rate
  WHERE document_seq = :document_seq
  UNION ALL
  SELECT
    4 AS table_no, rate_no * 1000000 + tier_no AS row_no,
    'rate_tier ' || rate_no || '.' || tier_no AS place, '' AS told,
    json_array(from_quantity, unit_price) AS content
  FROM rate_tier
  WHERE document_seq = :document_seq
  UNION ALL
  SELECT
    5 AS table_no, 0 AS row_no, 'policy' AS place, '' AS told,
    json_array(
      name, summary, clock_start, clock_stop, step_ms, step_per, step_direction, minimum_ms, gb,
      zone, running, orphan, amounts
    ) AS content
  FROM policy
  WHERE document_seq = :document_seq
  UNION ALL
  SELECT
    6 AS table_no, 0 AS row_no, 'invoice' AS place,
    coalesce(corrects, '') || ' ' || takes_off || ' ' || currency AS told,
    json_array(invoice_id, status, month, amount_due, due_at_ms) AS content
  FROM invoice
  WHERE document_seq = :document_seq
  UNION ALL
  SELECT
    7 AS table_no, line_no AS row_no, 'invoice_line ' || line_no AS place, kind AS told,
    json_array(
      description, unit, quantity, unit_price, amount, discount, app_id, deployment_id, region
    ) AS content
  FROM invoice_line
  WHERE document_seq = :document_seq
)
ORDER BY table_no, row_no;
