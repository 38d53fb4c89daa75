-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: touchpoint_list
SELECT t.id, t.code, t.name, t.position FROM touchpoint t WHERE t.workspace_id = $1 ORDER BY t.position, t.id

-- name: touchpoint_find_by_code
SELECT t.id, t.code, t.name, t.position FROM touchpoint t WHERE t.workspace_id = $1 AND t.code = $2

-- name: touchpoint_is_used
SELECT COUNT(*) FROM survey s WHERE s.workspace_id = $1 AND s.touchpoint_id = $2

-- name: touchpoint_insert
INSERT INTO touchpoint (workspace_id, id, code, name, position) VALUES ($1, $2, $3, $4, $5)

-- name: touchpoint_update
UPDATE touchpoint SET name = $3, position = $4 WHERE workspace_id = $1 AND id = $2

-- name: touchpoint_delete
DELETE FROM touchpoint WHERE workspace_id = $1 AND id = $2
