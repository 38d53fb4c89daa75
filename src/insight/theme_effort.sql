-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: theme_effort_list
SELECT e.theme_id, e.effort FROM theme_effort e WHERE e.workspace_id = $1 ORDER BY e.theme_id

-- name: theme_effort_delete
DELETE FROM theme_effort WHERE workspace_id = $1 AND theme_id = $2

-- name: theme_effort_put
INSERT INTO theme_effort (workspace_id, theme_id, effort, actor, set_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (workspace_id, theme_id) DO UPDATE SET effort = excluded.effort, actor = excluded.actor, set_at = excluded.set_at
