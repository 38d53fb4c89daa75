-- name: backup_vacuum [global] [sqlite]
VACUUM INTO $1
