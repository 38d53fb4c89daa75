-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: team_list
SELECT t.id, t.name, t.scope, t.created_at, t.updated_at,
	(SELECT COUNT(*) FROM membership m WHERE m.workspace_id = $1 AND m.team_id = t.id)
FROM team t WHERE t.workspace_id = $1 ORDER BY t.name_folded

-- name: team_find
SELECT t.id, t.name, t.scope, t.created_at, t.updated_at,
	(SELECT COUNT(*) FROM membership m WHERE m.workspace_id = $1 AND m.team_id = t.id)
FROM team t WHERE t.workspace_id = $1 AND t.id = $2

-- name: team_by_name
SELECT t.id FROM team t WHERE t.workspace_id = $1 AND t.name_folded = $2

-- name: team_insert
INSERT INTO team (workspace_id, id, name, name_folded, scope, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $6)

-- name: team_update
UPDATE team SET name = $3, name_folded = $4, scope = $5, updated_at = $6 WHERE workspace_id = $1 AND id = $2

-- name: team_delete
DELETE FROM team WHERE workspace_id = $1 AND id = $2
