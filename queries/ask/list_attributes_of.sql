-- list_attributes_of: what each set of attributes of one process tells of its life.
--
-- in   :process_key  INTEGER
-- out  attribute_no  INTEGER
-- part: told_contract
-- rows by attribute_no
SELECT
  attribute.attribute_no AS attribute_no,
  -- part: told_columns
FROM process_attribute AS attribute
WHERE attribute.process_key = :process_key
ORDER BY attribute.attribute_no;
