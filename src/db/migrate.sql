-- name: migrate_version_make [global]
CREATE TABLE IF NOT EXISTS schema_version (
	number BIGINT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	checksum TEXT NOT NULL,
	applied_at BIGINT NOT NULL
)

-- name: migrate_version_exists [global] [sqlite]
SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'

-- name: migrate_version_exists [global] [postgres]
SELECT COUNT(*) FROM pg_catalog.pg_tables
WHERE schemaname = current_schema() AND tablename = 'schema_version'

-- name: migrate_take_turns [global] [postgres]
LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE

-- name: migrate_version_list [global]
SELECT number, name, checksum FROM schema_version ORDER BY number

-- name: migrate_version_insert [global]
INSERT INTO schema_version (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)
