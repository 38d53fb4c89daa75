-- name: postgres_database_exists [global] [postgres]
SELECT COUNT(*) FROM pg_catalog.pg_database WHERE datname = $1

-- name: postgres_server_settings [global] [postgres]
SELECT current_setting('fsync'), current_setting('full_page_writes'),
	current_setting('synchronous_commit'), current_setting('server_encoding'),
	datcollate, current_setting('server_version_num')
FROM pg_catalog.pg_database WHERE datname = current_database()
