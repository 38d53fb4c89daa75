-- The catalog of a database that our own migrations made.

-- name: copy_tables [global] [sqlite]
SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'schema_version'
ORDER BY rowid

-- name: copy_columns [global] [sqlite]
SELECT name, type, pk FROM pragma_table_info(CAST($1 AS TEXT)) ORDER BY pk = 0, pk, cid
