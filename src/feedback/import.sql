-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Imports, and the answers and persons that came with one.

-- name: import_insert
INSERT INTO import (workspace_id, id, survey_id, file_name, state, mapping, rows_read, rows_added, rows_known,
	rows_rejected, created_at, finished_at, undone_at)
VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, $7, NULL, NULL)

-- name: import_finish
UPDATE import SET state = $3, rows_read = $4, rows_added = $5, rows_known = $6, rows_rejected = $7, finished_at = $8
WHERE workspace_id = $1 AND id = $2

-- name: import_set_state
UPDATE import SET state = $3, undone_at = $4 WHERE workspace_id = $1 AND id = $2

-- name: import_find
SELECT i.id, i.survey_id, i.file_name, i.state, i.rows_read, i.rows_added, i.rows_known, i.rows_rejected, i.created_at,
	i.finished_at, i.undone_at
FROM import i WHERE i.workspace_id = $1 AND i.id = $2

-- name: import_list
SELECT i.id, i.survey_id, i.file_name, i.state, i.rows_read, i.rows_added, i.rows_known, i.rows_rejected, i.created_at,
	i.finished_at, i.undone_at
FROM import i WHERE i.workspace_id = $1 ORDER BY i.id DESC LIMIT 100

-- name: import_knows_key
SELECT r.id FROM response r WHERE r.workspace_id = $1 AND r.survey_id = $2 AND r.import_key = $3

-- name: import_knows_id
SELECT r.id FROM response r WHERE r.workspace_id = $1 AND r.id = $2

-- name: import_history_insert
INSERT INTO response_history (workspace_id, response_id, seq, at, actor, state, state_reason, score, comment, answers)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: import_answers
SELECT r.id, r.person_id FROM response r
WHERE r.workspace_id = $1 AND r.import_id = $2 ORDER BY r.id LIMIT $3

-- name: import_answer_delete
DELETE FROM response WHERE workspace_id = $1 AND id = $2

-- name: import_person_delete
-- Only whom the import made, and who has nothing else by now.
DELETE FROM person
WHERE workspace_id = $1 AND id = $2 AND import_id = $3 AND canonical_id IS NULL
	AND NOT EXISTS (SELECT 1 FROM response r WHERE r.workspace_id = $1 AND r.person_id = $2)
	AND NOT EXISTS (SELECT 1 FROM invitation v WHERE v.workspace_id = $1 AND v.person_id = $2)
	AND NOT EXISTS (SELECT 1 FROM person p WHERE p.workspace_id = $1 AND p.canonical_id = $2)
