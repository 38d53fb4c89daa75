-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What lies in the bin since before a time.

-- name: bin_any_answer
SELECT 1 FROM response r WHERE r.workspace_id = $1 AND r.deleted_at < $2 LIMIT 1

-- name: bin_any_note
SELECT 1 FROM response_note n WHERE n.workspace_id = $1 AND n.deleted_at < $2 LIMIT 1

-- name: bin_answers
SELECT r.id FROM response r
WHERE r.workspace_id = $1 AND r.deleted_at < $2 ORDER BY r.deleted_at, r.id LIMIT $3
