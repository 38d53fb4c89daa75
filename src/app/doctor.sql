-- name: doctor_integrity [global] [sqlite]
PRAGMA integrity_check(5)

-- name: doctor_integrity [global] [postgres]
SELECT 'ok'

-- name: doctor_server [global] [sqlite]
SELECT 'SQLite ' || sqlite_version()

-- name: doctor_server [global] [postgres]
SELECT 'PostgreSQL ' || current_setting('server_version')
