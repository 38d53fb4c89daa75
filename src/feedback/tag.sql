-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Tags, and the answers that have them.

-- name: tag_list
SELECT t.id, t.name,
	(SELECT COUNT(*) FROM response_tag x JOIN response r ON r.workspace_id = $1 AND r.id = x.response_id
		WHERE x.workspace_id = $1 AND x.tag_id = t.id AND r.deleted_at IS NULL)
FROM tag t WHERE t.workspace_id = $1 ORDER BY t.name_folded

-- name: tag_find
SELECT t.id, t.name,
	(SELECT COUNT(*) FROM response_tag x JOIN response r ON r.workspace_id = $1 AND r.id = x.response_id
		WHERE x.workspace_id = $1 AND x.tag_id = t.id AND r.deleted_at IS NULL)
FROM tag t WHERE t.workspace_id = $1 AND t.id = $2

-- name: tag_by_name
SELECT t.id, t.name FROM tag t WHERE t.workspace_id = $1 AND t.name_folded = $2

-- name: tag_count
SELECT COUNT(*) FROM tag t WHERE t.workspace_id = $1

-- name: tag_insert
INSERT INTO tag (workspace_id, id, name, name_folded, created_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING

-- name: tag_rename
UPDATE tag SET name = $3, name_folded = $4 WHERE workspace_id = $1 AND id = $2

-- name: tag_delete
DELETE FROM tag WHERE workspace_id = $1 AND id = $2

-- name: tag_given_count
SELECT COUNT(*) FROM response_tag x WHERE x.workspace_id = $1 AND x.response_id = $2

-- name: tag_give
INSERT INTO response_tag (workspace_id, response_id, tag_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING

-- name: tag_take
DELETE FROM response_tag WHERE workspace_id = $1 AND response_id = $2 AND tag_id = $3

-- name: tag_given
SELECT x.response_id FROM response_tag x WHERE x.workspace_id = $1 AND x.tag_id = $2 ORDER BY x.response_id LIMIT $3

-- name: tag_list_between
SELECT x.response_id, t.name
FROM response_tag x JOIN tag t ON t.workspace_id = $1 AND t.id = x.tag_id
WHERE x.workspace_id = $1 AND x.response_id > $2 AND x.response_id <= $3
ORDER BY x.response_id, t.name_folded
