-- Which ClickHouse this is; answering at all shows that it runs here.
SELECT version();
