-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: goal_list
SELECT g.kind, g.brand_id, g.touchpoint_id, t.code, g.score, g.by_day, g.actor, g.created_at
FROM goal g
LEFT JOIN touchpoint t ON t.workspace_id = $1 AND t.id = g.touchpoint_id
WHERE g.workspace_id = $1
ORDER BY g.kind, g.brand_id, g.touchpoint_id

-- name: goal_delete
DELETE FROM goal WHERE workspace_id = $1 AND kind = $2 AND brand_id = $3 AND touchpoint_id = $4

-- name: goal_insert
INSERT INTO goal (workspace_id, kind, brand_id, touchpoint_id, score, by_day, actor, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
