-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Imports, and the answers and persons that came with one.

-- name: import_insert
INSERT INTO import (workspace_id, id, survey_id, file_name, state, mapping, rows_read, rows_added, rows_known,
	rows_rejected, created_at, finished_at, undone_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, $7, NULL, NULL, $8)

-- name: import_start
UPDATE import SET state = $3, mapping = $4, rows_total = $5 WHERE workspace_id = $1 AND id = $2 AND state IN ($3, $6)

-- name: import_finish
-- Not what somebody takes back meanwhile.
UPDATE import SET state = $3, rows_read = $4, rows_added = $5, rows_known = $6, rows_rejected = $7, finished_at = $8,
	scored = $9, comments = $10, dismissed = $11, bad_addresses = $12, cut = $13
WHERE workspace_id = $1 AND id = $2 AND state = $14

-- name: import_fail
UPDATE import SET state = $3, why = $4, finished_at = $5 WHERE workspace_id = $1 AND id = $2 AND state IN ($6, $7)

-- name: import_set_state
UPDATE import SET state = $3, undone_at = $4 WHERE workspace_id = $1 AND id = $2

-- name: import_state
SELECT i.state FROM import i WHERE i.workspace_id = $1 AND i.id = $2

-- name: import_added
SELECT COUNT(*) FROM response r WHERE r.workspace_id = $1 AND r.import_id = $2

-- name: import_find
SELECT i.id, i.survey_id, i.file_name, i.state, i.rows_read, i.rows_added, i.rows_known, i.rows_rejected, i.created_at,
	i.finished_at, i.undone_at, i.rows_total, i.scored, i.comments, i.dismissed, i.bad_addresses, i.cut, i.created_by,
	i.why, s.slug, s.name, j.upload_id, u.id, i.mapping
FROM import i
JOIN survey s ON s.workspace_id = $1 AND s.id = i.survey_id
LEFT JOIN import_job j ON j.workspace_id = $1 AND j.import_id = i.id
LEFT JOIN upload u ON u.workspace_id = $1 AND u.id = j.upload_id
WHERE i.workspace_id = $1 AND i.id = $2

-- name: import_list
SELECT i.id, i.survey_id, i.file_name, i.state, i.rows_read, i.rows_added, i.rows_known, i.rows_rejected, i.created_at,
	i.finished_at, i.undone_at, i.rows_total, i.scored, i.comments, i.dismissed, i.bad_addresses, i.cut, i.created_by,
	i.why, s.slug, s.name, j.upload_id, u.id, i.mapping
FROM import i
JOIN survey s ON s.workspace_id = $1 AND s.id = i.survey_id
LEFT JOIN import_job j ON j.workspace_id = $1 AND j.import_id = i.id
LEFT JOIN upload u ON u.workspace_id = $1 AND u.id = j.upload_id
WHERE i.workspace_id = $1 ORDER BY i.id DESC LIMIT 100

-- name: import_earlier
-- The newest import of a survey that is not taken back; by its state.
SELECT i.id FROM import i
WHERE i.workspace_id = $1 AND i.survey_id = $2 AND i.state IN ($3, $4, $5) ORDER BY i.id DESC LIMIT 1

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

-- name: import_answers_delete
-- Up to the last one that was listed; what hangs on them goes by the keys' CASCADE.
DELETE FROM response WHERE workspace_id = $1 AND import_id = $2 AND id <= $3

-- name: import_person_delete
-- Only whom the import made, and who has nothing else by now.
DELETE FROM person
WHERE workspace_id = $1 AND id = $2 AND import_id = $3 AND canonical_id IS NULL
	AND NOT EXISTS (SELECT 1 FROM response r WHERE r.workspace_id = $1 AND r.person_id = $2)
	AND NOT EXISTS (SELECT 1 FROM invitation v WHERE v.workspace_id = $1 AND v.person_id = $2)
	AND NOT EXISTS (SELECT 1 FROM person p WHERE p.workspace_id = $1 AND p.canonical_id = $2)

-- name: import_job_insert
INSERT INTO import_job (workspace_id, import_id, upload_id, wishes) VALUES ($1, $2, $3, $4)

-- name: import_job_find
SELECT j.import_id, j.upload_id, j.wishes, u.file, i.survey_id, i.state, i.file_name, s.slug
FROM import_job j
JOIN import i ON i.workspace_id = $1 AND i.id = j.import_id
JOIN survey s ON s.workspace_id = $1 AND s.id = i.survey_id
LEFT JOIN upload u ON u.workspace_id = $1 AND u.id = j.upload_id
WHERE j.workspace_id = $1 AND j.import_id = $2

-- name: import_next
-- What a server has to do: the oldest that is being taken back, or waits, or was under way when a server ended.
SELECT i.id, i.state FROM import i
LEFT JOIN import_job j ON j.workspace_id = $1 AND j.import_id = i.id
WHERE i.workspace_id = $1 AND (i.state = $2 OR (i.state IN ($3, $4) AND j.import_id IS NOT NULL))
ORDER BY CASE WHEN i.state = $2 THEN 0 ELSE 1 END, i.id LIMIT 1

-- name: import_requeue
UPDATE import SET why = NULL, finished_at = NULL, rows_read = 0, rows_added = 0, rows_known = 0, rows_rejected = 0,
	scored = NULL, comments = NULL, dismissed = NULL, bad_addresses = NULL, cut = NULL
WHERE workspace_id = $1 AND id = $2 AND state <> $3
