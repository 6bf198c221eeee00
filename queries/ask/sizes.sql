-- sizes: what each table and index takes in the file. Reads every page.
--
-- out  table  TEXT
-- out  name  TEXT  of the index; of the table itself for its rows
-- out  bytes  INTEGER  whole pages
-- out  unused_bytes  INTEGER  of them, free space inside the pages
-- rows the largest table first, each with its indexes behind it
SELECT
  size.table_name AS "table",
  size.name AS name,
  size.bytes AS bytes,
  size.unused_bytes AS unused_bytes
FROM (
  SELECT
    coalesce(part.tbl_name, page.name) AS table_name,
    page.name AS name,
    sum(page.pgsize) AS bytes,
    sum(page.unused) AS unused_bytes
  FROM dbstat AS page
  LEFT JOIN sqlite_schema AS part ON part.name = page.name
  GROUP BY page.name
) AS size
ORDER BY
  sum(size.bytes) OVER (PARTITION BY size.table_name) DESC,
  size.table_name,
  size.name <> size.table_name,
  size.bytes DESC,
  size.name;
