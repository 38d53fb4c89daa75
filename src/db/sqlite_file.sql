-- name: sqlite_tables [global] [sqlite]
SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name

-- name: sqlite_quick_check [global] [sqlite]
SELECT quick_check FROM pragma_quick_check(CAST($1 AS TEXT)) LIMIT 1
