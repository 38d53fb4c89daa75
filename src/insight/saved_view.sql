-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: saved_view_list
SELECT v.id, v.owner, v.name, v.path, v.shared, v.position, v.actor, v.created_at, v.updated_at
FROM saved_view v
WHERE v.workspace_id = $1 AND (v.shared = 1 OR (v.owner = $2 AND v.owner <> 0))
ORDER BY v.position, v.id

-- name: saved_view_find
SELECT v.id, v.owner, v.name, v.path, v.shared, v.position, v.actor, v.created_at, v.updated_at
FROM saved_view v
WHERE v.workspace_id = $1 AND v.id = $2 AND (v.shared = 1 OR (v.owner = $3 AND v.owner <> 0))

-- name: saved_view_count
SELECT COUNT(*) FROM saved_view v WHERE v.workspace_id = $1 AND v.owner = $2

-- name: saved_view_last
SELECT MAX(v.position) FROM saved_view v WHERE v.workspace_id = $1

-- name: saved_view_insert
INSERT INTO saved_view (workspace_id, id, owner, name, path, shared, position, actor, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: saved_view_update
UPDATE saved_view SET name = $3, path = $4, shared = $5, position = $6, updated_at = $7
WHERE workspace_id = $1 AND id = $2

-- name: saved_view_delete
DELETE FROM saved_view WHERE workspace_id = $1 AND id = $2
