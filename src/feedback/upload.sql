-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Files that were sent to be imported.

-- name: upload_insert
INSERT INTO upload (workspace_id, id, file, name, size, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: upload_count
SELECT COUNT(*) FROM upload u WHERE u.workspace_id = $1

-- name: upload_bytes
SELECT CAST(SUM(u.size) AS BIGINT) FROM upload u WHERE u.workspace_id = $1

-- name: upload_find
SELECT u.id, u.file, u.name, u.size, u.created_at, u.created_by FROM upload u WHERE u.workspace_id = $1 AND u.id = $2

-- name: upload_list
SELECT u.id, u.file, u.name, u.size, u.created_at, u.created_by FROM upload u WHERE u.workspace_id = $1 ORDER BY u.id

-- name: upload_idle
-- Came before a time, and no import waits for it.
SELECT u.id FROM upload u
WHERE u.workspace_id = $1 AND u.created_at < $2 AND NOT EXISTS (
	SELECT 1 FROM import_job j
	JOIN import i ON i.workspace_id = $1 AND i.id = j.import_id
	WHERE j.workspace_id = $1 AND j.upload_id = u.id AND i.state IN ($3, $4))
ORDER BY u.id LIMIT 500

-- name: upload_is_awaited
SELECT COUNT(*) FROM import_job j
JOIN import i ON i.workspace_id = $1 AND i.id = j.import_id
WHERE j.workspace_id = $1 AND j.upload_id = $2 AND i.state IN ($3, $4)

-- name: upload_delete
DELETE FROM upload WHERE workspace_id = $1 AND id = $2
