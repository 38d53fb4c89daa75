-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Notes. Their columns always stand in the order that note_row reads.

-- name: note_list
SELECT n.id, n.response_id, n.author_id, n.author, n.text, n.created_at, n.edited_at, n.deleted_at
FROM response_note n
WHERE n.workspace_id = $1 AND n.response_id > $2 AND n.response_id <= $3 AND n.deleted_at IS NULL
ORDER BY n.response_id, n.id

-- name: note_find
SELECT n.id, n.response_id, n.author_id, n.author, n.text, n.created_at, n.edited_at, n.deleted_at
FROM response_note n WHERE n.workspace_id = $1 AND n.id = $2

-- name: note_insert
INSERT INTO response_note (workspace_id, id, response_id, author_id, author, text, created_at, edited_at, deleted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)
ON CONFLICT DO NOTHING

-- name: note_update
UPDATE response_note SET text = $3, edited_at = $4, deleted_at = $5 WHERE workspace_id = $1 AND id = $2

-- name: note_prune
DELETE FROM response_note WHERE workspace_id = $1 AND id IN (
	SELECT n.id FROM response_note n WHERE n.workspace_id = $1 AND n.deleted_at < $2
	ORDER BY n.deleted_at, n.id LIMIT 500)
