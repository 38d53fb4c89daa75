-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Notes on the trend.

-- name: trend_note_insert
INSERT INTO trend_note (workspace_id, id, survey_id, at, kind, text, actor, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: trend_note_list
-- Of one survey, with those that are about all.
SELECT n.id, n.survey_id, n.at, n.kind, n.text, n.actor, n.created_at
FROM trend_note n
WHERE n.workspace_id = $1 AND n.at >= $2 AND n.at < $3 AND (n.survey_id = $4 OR n.survey_id IS NULL)
ORDER BY n.at DESC, n.id DESC LIMIT $5

-- name: trend_note_list_all
SELECT n.id, n.survey_id, n.at, n.kind, n.text, n.actor, n.created_at
FROM trend_note n
LEFT JOIN survey s ON s.workspace_id = $1 AND s.id = n.survey_id
WHERE n.workspace_id = $1 AND n.at >= $2 AND n.at < $3 AND s.deleted_at IS NULL
ORDER BY n.at DESC, n.id DESC LIMIT $4

-- name: trend_note_find
SELECT n.id, n.survey_id, n.at, n.kind, n.text, n.actor, n.created_at
FROM trend_note n WHERE n.workspace_id = $1 AND n.id = $2

-- name: trend_note_delete
DELETE FROM trend_note WHERE workspace_id = $1 AND id = $2
