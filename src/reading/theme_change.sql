-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: theme_recent_from
SELECT COUNT(*), MIN(k.response_id) FROM
(SELECT x.response_id FROM reading x WHERE x.workspace_id = $1 ORDER BY x.response_id DESC LIMIT $2) k

-- name: theme_recent
SELECT m.theme_id, m.response_id FROM theme_mention m
WHERE m.workspace_id = $1 AND m.response_id >= $2 AND m.made_by <> 3 ORDER BY m.response_id

-- name: theme_create
INSERT INTO theme (workspace_id, id, code, name, renamed, industries, state, seeds, merged_into, actor, created_at, updated_at,
	description)
VALUES ($1, $2, $3, $4, 1, 0, 1, $5, 0, $6, $7, $7, $8)

-- name: theme_update
UPDATE theme SET name = $3, renamed = $4, state = $5, seeds = $6, merged_into = $7, actor = $8, updated_at = $9,
	description = $10
WHERE workspace_id = $1 AND id = $2

-- name: theme_merged_on
-- What was joined with a theme goes with it.
UPDATE theme SET merged_into = $3 WHERE workspace_id = $1 AND merged_into = $2
