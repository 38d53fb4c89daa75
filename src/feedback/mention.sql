-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Mentions.

-- name: mention_insert
INSERT INTO note_mention (workspace_id, user_id, note_id, created_at, read_at) VALUES ($1, $2, $3, $4, NULL)
ON CONFLICT DO NOTHING

-- name: mention_delete
DELETE FROM note_mention WHERE workspace_id = $1 AND user_id = $2 AND note_id = $3

-- name: mention_delete_all
DELETE FROM note_mention WHERE workspace_id = $1 AND note_id = $2

-- name: mention_list
SELECT n.id, n.response_id, n.author_id, n.author, n.text, n.created_at, n.edited_at, n.deleted_at, m.read_at
FROM note_mention m JOIN response_note n ON n.workspace_id = $1 AND n.id = m.note_id
WHERE m.workspace_id = $1 AND m.user_id = $2
ORDER BY m.created_at DESC, n.id DESC LIMIT $3

-- name: mention_read_all
UPDATE note_mention SET read_at = $3 WHERE workspace_id = $1 AND user_id = $2 AND read_at IS NULL
