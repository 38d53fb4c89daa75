-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Working drafts of surveys.

-- name: survey_draft_find
SELECT d.revision, d.definition, d.opens_at, d.closes_at, d.max_answers, d.actor, d.created_at
FROM survey_draft d WHERE d.workspace_id = $1 AND d.survey_id = $2 AND d.revision = $3

-- name: survey_draft_list
SELECT d.revision, d.definition, d.opens_at, d.closes_at, d.max_answers, d.actor, d.created_at
FROM survey_draft d WHERE d.workspace_id = $1 AND d.survey_id = $2 ORDER BY d.revision DESC

-- name: survey_draft_insert
INSERT INTO survey_draft (workspace_id, survey_id, revision, definition, opens_at, closes_at, max_answers, actor,
	created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: survey_draft_prune
DELETE FROM survey_draft WHERE workspace_id = $1 AND survey_id = $2 AND revision <= $3
